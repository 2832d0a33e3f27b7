"""A telephone exchange that does as Twilio does: it reads TwiML, and refuses what is none."""
