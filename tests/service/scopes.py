"""What each credential gets of each operation; a new operation needs its row here."""

from tests.factories import ADMIN, OTHER_PARTNER, OTHER_PORTAL, PARTNER, PORTAL

CREDENTIALS = {
    "none": None,
    "wrong": "bul_" + "x" * 43,
    "partner": PARTNER,
    "other partner": OTHER_PARTNER,
    "stranger": OTHER_PORTAL,
    "owner": PORTAL,
    "admin": ADMIN,
}
"""The owner is the portal's key that registered what is asked for, the stranger another's; the
partner is the one whose lead is asked for, the other partner another."""

OPEN = (200, 200, 200, 200, 200, 200, 200)
PORTAL_READS = (401, 401, 403, 403, 200, 200, 200)
OWNER_READS = (401, 401, 403, 403, 404, 200, 200)
ANYONE_READS = (401, 401, 200, 200, 200, 200, 200)
PORTAL_MAKES = (401, 401, 403, 403, 201, 201, 201)
OWNER_CHANGES = (401, 401, 403, 403, 403, 200, 200)
PORTAL_CLOSES = (401, 401, 403, 403, 204, 204, 204)
OWNER_CLOSES = (401, 401, 403, 403, 403, 204, 204)
ADMIN_READS = (401, 401, 403, 403, 403, 403, 200)
ADMIN_STARTS = (401, 401, 403, 403, 403, 403, 202)
ADMIN_MAKES = (401, 401, 403, 403, 403, 403, 201)
PARTNER_MAKES = (401, 401, 201, 201, 403, 403, 403)
PARTNER_LISTS = (401, 401, 200, 200, 403, 403, 200)
PARTNER_CLOSES = (401, 401, 204, 404, 403, 403, 204)
PARTNER_READS = (401, 401, 200, 404, 403, 403, 200)
ADMIN_CLOSES = (401, 401, 403, 403, 403, 403, 204)
ANYONE_MAKES = (401, 401, 201, 201, 201, 201, 201)
OWN_ONLY = (401, 401, 404, 404, 404, 200, 404)
OWN_CLOSES = (401, 401, 404, 404, 404, 204, 404)
OWN_IS_TRIED = (401, 401, 404, 404, 404, 202, 404)

MATRIX = {
    "register_investor": PORTAL_MAKES,
    "list_investors": PORTAL_READS,
    "read_investor": PORTAL_READS,
    "change_investor": OWNER_CHANGES,
    "close_investor": OWNER_CLOSES,
    "register_gap": PORTAL_MAKES,
    "list_gaps": ANYONE_READS,
    "read_gap": ANYONE_READS,
    "change_gap": OWNER_CHANGES,
    "close_gap": OWNER_CLOSES,
    "register_zone": PORTAL_MAKES,
    "list_zones": ANYONE_READS,
    "read_zone": ANYONE_READS,
    "change_zone": OWNER_CHANGES,
    "list_chains": ANYONE_READS,
    "read_chain": ANYONE_READS,
    "list_regions": ANYONE_READS,
    "place_description": ANYONE_READS,
    "list_gap_matches": PORTAL_READS,
    "list_investor_matches": PORTAL_READS,
    "get_match": PORTAL_READS,
    "match_batch": PORTAL_READS,
    "allocate": PORTAL_READS,
    "read_allocation": OWNER_READS,
    "read_investor_stability": PORTAL_READS,
    "read_gap_stability": PORTAL_READS,
    "replay_receipt": PORTAL_READS,
    "read_convergence": PORTAL_READS,
    "read_exposure": PORTAL_READS,
    "list_related_links": PORTAL_READS,
    "list_criteria": ANYONE_READS,
    "list_policies": ANYONE_READS,
    "read_policy": ANYONE_READS,
    "create_webhook": ANYONE_MAKES,
    "list_webhooks": ANYONE_READS,
    "read_webhook": OWN_ONLY,
    "change_webhook": OWN_ONLY,
    "close_webhook": OWN_CLOSES,
    "rotate_webhook": OWN_ONLY,
    "list_deliveries": OWN_ONLY,
    "redeliver": OWN_IS_TRIED,
    "draft_policy": ADMIN_MAKES,
    "list_drafted_policies": ADMIN_READS,
    "read_drafted_policy": ADMIN_READS,
    "change_drafted_policy": ADMIN_READS,
    "close_drafted_policy": ADMIN_CLOSES,
    "preview_policy": ADMIN_READS,
    "activate_policy": ADMIN_READS,
    "roll_policy_back": ADMIN_READS,
    "withdraw_policy_request": ADMIN_CLOSES,
    "load_edition": ADMIN_MAKES,
    "make_landscape": ADMIN_MAKES,
    "list_editions": ADMIN_READS,
    "read_edition": ADMIN_READS,
    "compare_edition": ADMIN_READS,
    "preview_edition": ADMIN_READS,
    "activate_edition": ADMIN_READS,
    "roll_edition_back": ADMIN_READS,
    "discard_edition": ADMIN_CLOSES,
    "import_file": ADMIN_STARTS,
    "get_template": ADMIN_READS,
    "export_records": ADMIN_READS,
    "get_refused_rows": ADMIN_READS,
    "list_jobs": ADMIN_READS,
    "read_job": ADMIN_READS,
    "list_refusals": ADMIN_READS,
    "follow_job": ADMIN_READS,
    "cancel_job": ADMIN_STARTS,
    "retry_job": ADMIN_STARTS,
    "replace_enterprises": PORTAL_READS,
    "list_enterprises": PORTAL_READS,
    "read_diagnosis": PORTAL_READS,
    "register_computed_gaps": PORTAL_READS,
    "set_link_status": PORTAL_READS,
    "withdraw_link_status": PORTAL_CLOSES,
    "correct_enterprise_links": OWNER_CHANGES,
    "withdraw_enterprise_links": OWNER_CLOSES,
    "read_timeline": PORTAL_READS,
    "submit_lead": PARTNER_MAKES,
    "list_leads": PARTNER_LISTS,
    "read_lead": PARTNER_READS,
    "list_lead_moves": PARTNER_READS,
    "move_lead": PARTNER_READS,
    "read_lead_contacts": PARTNER_READS,
    "merge_lead": ADMIN_READS,
    "unmerge_lead": ADMIN_READS,
    "erase_lead_contacts": PARTNER_CLOSES,
    "register_partner": ADMIN_MAKES,
    "list_partners": ADMIN_READS,
    "read_partner": ADMIN_READS,
    "change_partner": ADMIN_READS,
    "close_partner": ADMIN_CLOSES,
    "create_key": ADMIN_MAKES,
    "list_keys": ADMIN_READS,
    "read_key": ADMIN_READS,
    "rotate_key": ADMIN_READS,
    "revoke_key": ADMIN_CLOSES,
    "list_events": ADMIN_READS,
    "export_events": ADMIN_READS,
    "read_cache": ADMIN_READS,
    "purge_cache": ADMIN_CLOSES,
    "read_health": OPEN,
    "read_metrics": ADMIN_READS,
    "read_readiness": OPEN,
}
"""The status each credential gets, in the order of CREDENTIALS."""
