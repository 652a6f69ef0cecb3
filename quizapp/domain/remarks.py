"""What people type beside an answer: comments and notes."""


def plain(text: str) -> str:
    """``text`` with plain line breaks, and without signs that a database or a page cannot hold."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in unified if sign in "\n\t" or sign.isprintable()).strip()
