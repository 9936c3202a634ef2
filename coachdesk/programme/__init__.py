"""The programme: lots and the wards that make them, by edition and date; who leads, who delivers, who works there; the contract's terms."""
