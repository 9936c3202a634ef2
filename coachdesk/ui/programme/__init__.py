"""The programme screen: lots and their wards, providers and team, the contract's terms, and the postcode editions."""
