// Dragging by a handle, with mouse, pen or finger. `start(handle, event)` says what follows the pointer
// and what is done when it is let go; a drag that the browser breaks off is let go where it was last.
export function bindDrag(area, handles, start) {
  area.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(handles);
    if (!handle || event.button || handle.closest("[data-frozen]")) return;
    event.preventDefault();
    const { follow, drop } = start(handle, event);
    const end = () => {
      handle.removeEventListener("pointermove", follow);
      handle.removeEventListener("lostpointercapture", end);
      drop();
    };
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("lostpointercapture", end);
  });
}

export function isOver(element, { clientX, clientY }) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return clientX > left && clientX < right && clientY > top && clientY < bottom;
}
