"""`toritsugi doctor`: what is missing or wrong, in plain words, with the cure. It changes nothing."""

from handlers.commands.doctor.diagnosis import diagnose
from handlers.commands.doctor.findings import Finding, as_text

__all__ = ["Finding", "as_text", "diagnose"]
