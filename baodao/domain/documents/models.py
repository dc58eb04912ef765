"""Tables of documents."""

from django.db import models

from baodao.domain.columns import PathField, Record
from baodao.domain.documents.states import DocumentKind, DocumentState


class Document(Record):
    """A numbered paper. ``number`` runs within town, kind and year."""

    town = PathField()
    community = PathField(blank=True)
    kind = models.CharField(max_length=10, choices=DocumentKind.choices)
    month = models.CharField(max_length=7)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=DocumentState.choices, default=DocumentState.RESERVED)
    data = models.JSONField(default=dict, help_text="what the renderer needs besides the live figures")
    sealed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["town", "kind", "year", "number"], name="documents_number"),
        ]
        indexes = [models.Index(fields=["town", "kind", "month"], name="documents_month")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}-{self.number}"


class Copy(models.Model):
    """The bytes of a document in one form (``docx``, ``pdf``, ``public.pdf``)."""

    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="copies")
    form = models.CharField(max_length=12)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "form"], name="documents_copy_once")]

    def __str__(self) -> str:
        return f"{self.document_id}.{self.form}"


class Delivery(models.Model):
    """A document to a unit or community, and the receipt it gave."""

    code = models.CharField(max_length=10, unique=True)
    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="deliveries")
    path = PathField()
    delivered_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.BigIntegerField(null=True, blank=True)
    on_paper = models.BooleanField(default=False, help_text="a paper receipt, written down by the sender")
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "path"], name="documents_delivery_once")]
        indexes = [models.Index(fields=["path", "delivered_at"], name="documents_delivery_path")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.path}"
