"""The referrals' screen: sending, receiving, and answering with one key."""
