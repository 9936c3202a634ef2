"""Every room's records in one import: the store hangs guards on, checks, digests and undoes what is mapped, so all of it must be.

And the queries of the rooms that keep something derived from their records (store.derived), which every writer has to know.
"""

from __future__ import annotations

from coachdesk.activity import record as activity_record
from coachdesk.claim import record as claim_record
from coachdesk.outreach import queries as outreach_queries
from coachdesk.outreach import record as outreach_record
from coachdesk.participant import queries as participant_queries
from coachdesk.participant import record as participant_record
from coachdesk.partner import queries as partner_queries
from coachdesk.partner import record as partner_record
from coachdesk.programme import record as programme_record
from coachdesk.referral import queries as referral_queries
from coachdesk.referral import record as referral_record

RECORDS = (programme_record, partner_record, outreach_record, participant_record, referral_record, activity_record, claim_record)
KEEPERS = (partner_queries, outreach_queries, participant_queries, referral_queries)
