"""The posts' papers: the list of posts, the commitment, the poster of commitments for the board."""

from baodao.domain.posts.papers.commitments import commitments_docx, commitments_pdf, poster_pdf, poster_png
from baodao.domain.posts.papers.post_list import held_posts, post_list_docx, post_list_xlsx

__all__ = [
    "commitments_docx",
    "commitments_pdf",
    "held_posts",
    "post_list_docx",
    "post_list_xlsx",
    "poster_pdf",
    "poster_png",
]
