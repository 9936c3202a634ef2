"""Referrals of the sample that tell a story: traffic that turns one-way, people kept in-house, one who is ready to come home.

Their partners are their own, so that no other deed of the sample disturbs the months.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from coachdesk.demo.outreach import At, Scene
from coachdesk.demo.plan import in_force
from coachdesk.participant import queries as participant_queries
from coachdesk.partner import actions as partner_actions
from coachdesk.referral import actions, queries

DEBT, HUB, OWN = "{place} Debt Project", "{place} Wellbeing Hub", "{body} Skills Academy"
# Lot: the days on which people were sent to the debt project (-) and came from it (+). Both ways until spring, then only from us.
_DEBT_DAYS = {
    "Shard End": ("-2019-10-08", "+2019-11-12", "-2019-12-03", "+2020-01-14", "-2020-01-21", "+2020-02-11", "-2020-03-03", "+2020-03-10",
                  "-2020-04-14", "-2020-05-05", "-2020-05-19", "-2020-06-09", "-2020-06-23", "-2020-07-07"),
    "Washwood Heath": ("-2019-11-19", "+2019-12-10", "+2020-02-18", "-2020-03-17", "-2020-05-12", "+2020-06-16", "-2020-07-07"),
}
# The hub in Camp Hill sends and gets nobody; what will be done about it was written down on 2 July.
_HUB_DAYS = {"Camp Hill": ("-2020-02-04", "+2020-04-07", "+2020-05-06", "+2020-05-20", "+2020-06-17")}
_SAID_ON = date(2020, 7, 2)
_SAID = "Amina visits the hub on 21 July and takes two people along who would like its walking group"
_OWN_DAYS = {"Shard End": ("2020-02-12", "2020-05-14", "2020-06-18"), "Camp Hill": ("2020-03-04", "2020-06-10")}
_OWN_WHY = ("the course starts on Monday and nobody else has a place", "already knows the tutor and would not go elsewhere",
            "wants the evening class, which only the academy gives")
_STRANGERS = ("Jo Hartley", "Samir Aziz", "Beata Lis")         # who is not registered yet
_DEBT_NEEDS = ("a plan for debts before starting work", "bailiffs have written; wants a plan", "a benefits check and a budget")


def furnish(at: At, scene: Scene) -> None:
    """The partners of these stories and their days, in the lots that have one."""
    begin = scene.facts.spans[0][0]
    for name, kind, days, help_kind in ((DEBT, "debt or advice service", _DEBT_DAYS, "money & debt"),
                                        (HUB, "leisure or community centre", _HUB_DAYS, "health & wellbeing")):
        if scene.name not in days:
            continue
        story = _Story(scene, name.format(place=scene.name), kind, help_kind)
        at(begin, scene.name, "Add a partner", story.begin)
        for number, each in enumerate(days[scene.name]):
            on = date.fromisoformat(each[1:])
            if in_force(scene.facts.spans, on):
                (story.came if each.startswith("+") else story.went)(at, number, on)
        if name == HUB:
            at(_SAID_ON, scene.name, "One-way traffic: what will be done", story.answer)
        elif scene.name == "Shard End":
            at(date(2020, 7, 13), scene.name, "The partner says that the plan is agreed", story.ready)
    if scene.name in _OWN_DAYS:
        own = _Story(scene, "", "college or training provider", "English, maths & ESOL")
        at(begin, scene.name, "Add a partner", own.begin_own)
        for number, each in enumerate(_OWN_DAYS[scene.name]):
            at(date.fromisoformat(each), scene.name, "Send a referral", own.kept(number))


class _Story:
    """One partner and the people who went there and came from there."""

    def __init__(self, scene: Scene, name: str, kind: str, help_kind: str) -> None:
        self.scene, self.name, self.kind, self.help = scene, name, kind, help_kind
        self.partner: UUID | None = None

    def begin(self, session: Any) -> None:
        """The partner is added."""
        self.partner = partner_actions.add_partner(session, name=self.name, kind=self.kind, lots=[self.scene.name], reply_days=10)

    def begin_own(self, session: Any) -> None:
        """The provider's own is added."""
        from coachdesk.programme import queries as programme_queries

        body = next(iter(programme_queries.own_bodies(session, self.scene.lot, date(2020, 7, 15))), "Provider")
        self.partner = partner_actions.add_partner(session, name=OWN.format(body=body), kind=self.kind, lots=[self.scene.name],
                                                   is_own_provision=True)

    def _who(self, session: Any, number: int) -> UUID | None:
        """One of the lot's people who may be spoken of with partners, another one each time as far as there are enough."""
        people = sorted(participant_queries.participants(session, lot=self.scene.lot), key=lambda row: (row.registered_on, row.name))
        free = [row.id for row in people if participant_queries.consent(session, row.id) == "given"]
        return free[number % len(free)] if free and self.partner is not None else None

    def went(self, at: At, number: int, on: date) -> None:
        """One is sent; a week later they were taken on, and before spring 2020 it was done a month after."""
        made: list[UUID] = []

        def send(session: Any) -> None:
            person = self._who(session, number)
            if person is not None and self.partner is not None:
                made.append(actions.send_referral(session, participant=person, partner=self.partner, kind_of_help=self.help,
                                                  need=_DEBT_NEEDS[number % len(_DEBT_NEEDS)], return_condition="money plan agreed"))

        def accept(session: Any) -> None:
            for each in made:
                actions.accept(session, each, told_by="telephone")

        def complete(session: Any) -> None:
            helped = number % 3 != 2
            for each in made:
                actions.complete(session, each, was_helped=helped, reason="plan agreed" if helped else "did not come")

        at(on, self.scene.name, "Send a referral", send)
        if on < date(2020, 6, 20):
            at(on + timedelta(days=4 + number % 5), self.scene.name, "The partner answers", accept)
        if on < date(2020, 4, 1):
            at(on + timedelta(days=33), self.scene.name, "The partner answers", complete)

    def came(self, at: At, number: int, on: date) -> None:
        """One comes in, and is taken on two days later."""
        made: list[UUID] = []

        def receive(session: Any) -> None:
            person = self._who(session, number + 3)
            known = {"participant": person} if person is not None else {"person_name": _STRANGERS[number % len(_STRANGERS)],
                                                                        "lot": self.scene.lot}
            if self.partner is not None:
                made.append(actions.receive_referral(session, partner=self.partner, need="ready for work, has a plan", **known))

        def accept(session: Any) -> None:
            for each in made:
                actions.accept(session, each)

        at(on, self.scene.name, "A referral comes in", receive)
        at(on + timedelta(days=2), self.scene.name, "Take somebody on", accept)

    def kept(self, number: int) -> Any:
        """One stays in-house, with a reason."""

        def deed(session: Any) -> None:
            person = self._who(session, number + 5)
            if person is not None and self.partner is not None:
                made = actions.send_referral(session, participant=person, partner=self.partner, need="English with a certificate",
                                             kind_of_help=self.help, own_provision_reason=_OWN_WHY[number % len(_OWN_WHY)])
                actions.accept(session, made)

        return deed

    def ready(self, session: Any) -> None:
        """The partner ticks the condition of the first who is still there."""
        there = [row for row in queries.referrals(session, partner=self.partner) if row.state == "accepted" and row.direction == "out"]
        if there:
            actions.reply(session, code=there[-1].reply_code or "", answer="ready to return", told_by="telephone")

    def answer(self, session: Any) -> None:
        """What will be done about it."""
        if self.partner is not None and queries.alert_of(session, self.partner) is not None:
            actions.answer_one_way(session, partner_id=self.partner, what=_SAID)
