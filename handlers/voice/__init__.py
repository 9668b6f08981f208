"""The telephone: Twilio's webhooks, verified, one step of a call each, answered in TwiML."""
