"""People who sign in with an issuer of OpenID Connect: their tokens are taken as keys are."""
