"""Referrals out to partners and in from them: what was asked, what was answered, what still awaits a reply."""
