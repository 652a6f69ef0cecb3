"""Elements, numbers and names of a drawing."""

from markupsafe import Markup, escape


def chart(kind: str, name: str, *parts: Markup, **attributes: object) -> Markup:
    """A drawing with an accessible name, or, where ``name`` is blank, hidden from all but eyes."""
    role = {"role": "img", "aria_label": name} if name else {"aria_hidden": "true"}
    return element("svg", *parts, class_=kind, **role, **attributes)


def element(tag: str, *children: Markup | str, **attributes: object) -> Markup:
    """``<tag …>children</tag>``, everything escaped that is not Markup.

    In names of attributes ``_`` stands for ``-``, and a last one is left out; blank ones are too.
    """
    # Plain text, each value escaped once: a page has hundreds of these, and Markup.format is slow.
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in attributes.items()
        if value != ""
    )
    content = "".join(escape(child) for child in children)
    return Markup(f"<{tag}{written}>{content}</{tag}>")  # noqa: S704 - escaped above


def percent(value: float) -> str:
    """``value`` as a length; outside 0..100 it is the edge. A tenth is less than a pixel."""
    return f"{bounded(value):.1f}%"


def number(value: float) -> str:
    """``value`` with two decimals at most, as an attribute."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def words(value: float) -> str:
    """``value`` as people read it, without decimals."""
    return str(round(value))


def bounded(value: float) -> float:
    """``value``, kept within 0..100."""
    return min(100.0, max(0.0, value))
