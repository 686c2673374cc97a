"""Settings pages of the process. Every colleague reads; administrators of the head office change."""
