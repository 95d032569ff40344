"""The typed numbers by which one part of the program names a row of another."""

from typing import NewType

ProgrammeId = NewType("ProgrammeId", int)
PaymentId = NewType("PaymentId", int)
CriterionId = NewType("CriterionId", int)
ListId = NewType("ListId", int)
CandidateId = NewType("CandidateId", int)
ResidentId = NewType("ResidentId", int)
FamilyId = NewType("FamilyId", int)
DocumentId = NewType("DocumentId", int)
StayId = NewType("StayId", int)
RoomId = NewType("RoomId", int)
BedId = NewType("BedId", int)
PlacementId = NewType("PlacementId", int)
AbsenceId = NewType("AbsenceId", int)
PlanId = NewType("PlanId", int)
CheckId = NewType("CheckId", int)
IssuedMonthId = NewType("IssuedMonthId", int)
UserId = NewType("UserId", int)
SealedNoteId = NewType("SealedNoteId", int)
BackupPlaceId = NewType("BackupPlaceId", int)
ErasureId = NewType("ErasureId", int)
