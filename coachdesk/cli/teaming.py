"""`coachdesk team`: whose laptops share this desk's work, and the folder in which they meet."""

from __future__ import annotations

import argparse
from typing import Any

from coachdesk.cli.answer import Answer
from coachdesk.cli.opened import World, opened, passphrase, store_path
from coachdesk.cli.values import clean

_KEEP = "Print it or write it down, and keep it in a sealed envelope away from the laptops."


def team(options: argparse.Namespace, parts: World, answer: Answer) -> None:
    """One deed of the team. Joining and recovering make a store; the others open one."""
    if options.deed in ("join", "recover"):
        _begin(options, parts, answer)
        return
    with opened(options, parts) as store:
        {"create": _create, "move": _move, "members": _members, "admit": _admit, "lost": _lost, "role": _role,
         "let-in": _let_in}[options.deed](options, store, answer)


def _begin(options: argparse.Namespace, parts: World, answer: Answer) -> None:
    """A new store for a team that exists: of a laptop that joins, or of a lead who comes back with the printed code."""
    from coachdesk.casework import every_room  # noqa: F401  before a store is made: it must know all of its tables
    from coachdesk.store import keys
    from coachdesk.sync import joining, places, sentences, turn

    carrier, path = places.carrier_at(options.folder), store_path(options, parts)
    name = clean(options.owner, "The owner's name")
    secret = passphrase(parts, path, question="A new passphrase", is_new=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    cost = parts.cost or keys.STRONG
    if options.deed == "recover":
        made = joining.recover(carrier, options.code, path, secret, name, parts.clock, dice=parts.dice, cost=cost)
    else:
        made = joining.join(carrier, path, secret, name, parts.clock, dice=parts.dice, cost=cost)
    try:
        told = {"store": path, "owner": name, "words": made.words or None, "recovery_code": made.recovery_code}
        if made.words:
            said = (f"The store {path.name} is made and asks to join.\n\nRead these six words to the team's lead: {made.words}\n"
                    "Once the lead has let this laptop in, give `coachdesk sync`: the team's work comes in.")
        else:
            said = f"The store {path.name} is made and in the team. {sentences.of_turn(turn.turn(made.store, carrier))}"
        answer.give(told, f"{said}\n\nThis store's own recovery code, shown this once: {made.recovery_code}\n{_KEEP}")
    finally:
        made.store.close()


def _create(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.sync import places, sentences, team, turn

    carrier = places.carrier_at(options.folder)
    code = team.create(store, carrier)
    report = turn.turn(store, carrier)
    answer.give({"place": carrier.where, "recovery_code": code, "sent": report.sent},
                f"The team meets in {carrier.where} now. {sentences.of_turn(report)}\n\n"
                f"The team's recovery code, shown this once: {code}\n{_KEEP}\n"
                "Whoever holds it can let in a new lead's laptop when this one is lost. It is not the code of this store.")


def _move(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.sync import places, sentences, team, turn

    carrier = places.carrier_at(options.folder)
    team.move(store, carrier)
    report = turn.turn(store, carrier)
    answer.give({"place": carrier.where, "sent": report.sent, "healed": report.healed},
                f"The team meets in {carrier.where} now. {sentences.of_turn(report)}")


def _members(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.errors import Spoken
    from coachdesk.sync import places, team

    found = team.members(store)
    asking: list[Any] = []
    if found:
        try:
            asking = team.asking(store, places.carrier_of(store))
        except Spoken as spoken:                        # the list is known without the folder
            answer.note(f"{spoken.sentence} {spoken.next_step}")
    rows = [{"device": one.device, "name": one.name, "role": one.role, "is_self": one.is_self, "is_lost": one.is_lost,
             "added_at": one.added_at, "lost_at": one.lost_at, "last_seen": one.last_seen, "version": one.version} for one in found]
    lines = [f"{one.name}, {one.role}{', this laptop' if one.is_self else ''}{', reported lost' if one.is_lost else ''}: "
             f"last seen {_moment(one.last_seen)}\n    {one.device}" for one in found]
    lines += [f"{one.name or 'A laptop'} asks to join: {one.words}\n    {one.device}" for one in asking]
    answer.give({"members": rows, "asking": asking}, "\n".join(lines) or "This desk does not share its work with anybody yet.")


def _moment(at: Any) -> str:
    from coachdesk.sync.sentences import moment

    return moment(at)


def _admit(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.sync import places, team, turn

    carrier = places.carrier_of(store)
    member = team.admit(store, carrier, " ".join(options.words), name=clean(options.name, "The member's name"), role=options.role)
    turn.turn(store, carrier)
    answer.give({"device": member.device, "name": member.name, "role": member.role},
                f"{member.name} is in the team as {member.role}. The laptop fills itself with its next turn.")


def _lost(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.sync import affected, places, team, turn

    carrier = places.carrier_of(store)
    found = team.lost(store, carrier, options.device, code=options.code or "")
    turn.turn(store, carrier)
    with store.read() as session:
        people = affected.people(session, found.people)
    lines = [f"{found.name}’s laptop is cut off: nothing that it writes from now on counts, and what the team writes it cannot read."]
    lines += [f"{found.withheld} of its changes are set aside; let them in with `team let-in {found.device}` if they are good."
              ] if found.withheld else []
    lines += [f"People whose details were on it: {len(people)}", *(f"    {one.reference}  {one.name}" for one in people)]
    answer.give({"device": found.device, "name": found.name, "withheld": found.withheld, "people": people}, "\n".join(lines))


def _role(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.sync import places, team

    team.change_role(store, places.carrier_of(store), options.device, options.role, code=options.code or "")
    answer.give({"device": options.device, "role": options.role}, f"That laptop is a {options.role}’s now.")


def _let_in(options: argparse.Namespace, store: Any, answer: Answer) -> None:
    from coachdesk.sync import places, team

    count = team.accept_late(store, places.carrier_of(store), options.device)
    answer.give({"device": options.device, "let_in": count}, f"{count} changes were let in.")
