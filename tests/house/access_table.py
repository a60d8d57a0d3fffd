"""Who gets what, in the order of ROLES: visitor, newcomer (no organisation yet), sme (whose rows they
are), other company, partner (holder of the technologies), evaluator, staff, programme manager.

"login": sent to the log-in page. 404: not seen. 403: seen but not allowed. 302: done, or led elsewhere.
200, 409, 422: a page, or a form that wants correction. After "=" stands a row of the world or a text.
"""

# Tested where they belong: the account pages are django-allauth's, the health check has tests of its own.
LISTED_ELSEWHERE = {
    "account_change_password",
    "account_confirm_login_code",
    "account_email",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_set_password",
    "account_signup",
    "healthz",
    "livez",
    "mfa_activate_totp",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "readyz",
    "set_language",
}

LINES = """
# Open to all
GET home : 200 200 200 200 200 200 200 200
GET guide : 200 200 200 200 200 200 200 200
GET statistics : 200 200 200 200 200 200 200 200
GET statistics_export fmt=csv : 200 200 200 200 200 200 200 200
GET statistics_export fmt=exe : 404 404 404 404 404 404 404 404
GET network : 200 200 200 200 200 200 200 200
GET technology_list : 200 200 200 200 200 200 200 200
GET technology_detail pk=technology : 200 200 200 200 200 200 200 200
GET technology_detail pk=draft : 404 404 404 404 200 404 200 200
GET technology_detail pk=strangers_draft : 404 404 404 404 404 404 200 200
# People and organisations
GET session_state : 200 200 200 200 200 200 200 200
POST session_keep : 200 200 200 200 200 200 200 200
GET kept_state : 200 200 200 200 200 200 200 200
GET kept_texts : login 200 200 200 200 200 200 200
GET kept_file pk=company number=1 : login 404 404 404 404 404 404 404
GET kept_back : login 200 200 200 200 200 200 200
POST kept_put : login 422 422 422 422 422 422 422
POST kept_language : 302 302 302 302 302 302 302 302
POST kept_discard pk=company : login 404 404 404 404 404 404 404
GET workspace : login 200 200 200 200 200 200 200
GET my_details : login 200 200 200 200 200 200 200
GET my_organisation : login 200 200 200 200 200 200 200
POST organisation_join : login 404 404 404 404 404 404 404
GET my_organisation_edit pk=company : login 404 200 404 404 404 403 403
GET invitation_create pk=company : login 404 200 404 404 404 200 200
POST invitation_renew pk=invitation : login 403 302 404 404 404 302 302
POST invitation_withdraw pk=invitation : login 403 302 404 404 404 302 302
POST invitation_answer pk=invitation answer=accept : login 302 404 404 404 404 404 404
POST membership_confirm pk=waiting : login 404 302 404 404 404 302 302
POST membership_role pk=colleague : login 404 302 404 404 404 302 302
GET membership_remove pk=colleague : login 404 200 404 404 404 200 200
GET organisation_list : login 403 403 403 403 403 200 200
GET organisation_create : login 403 403 403 403 403 200 200
GET organisation_detail pk=company : login 403 403 403 403 403 200 200
GET organisation_edit pk=company : login 403 403 403 403 403 200 200
GET organisation_work : login 403 403 403 403 403 200 200
GET organisation_confirm pk=claimed : login 403 403 403 403 403 200 200
POST organisation_confirm pk=claimed : login 403 403 403 403 403 200 200
GET organisation_unconfirm pk=company : login 403 403 403 403 403 200 200
POST organisation_unconfirm pk=company : login 403 403 403 403 403 200 200
GET organisation_identity pk=company : login 403 403 403 403 403 200 200
POST organisation_identity pk=company : login 403 403 403 403 403 200 200
POST identity_mark_remove mark=number pk=inn : login 403 403 403 403 403 302 302
POST identity_mark_remove mark=letter pk=inn : login 403 403 403 403 403 404 404
GET organisation_merge pk=company : login 403 403 403 403 403 200 200
POST organisation_merge pk=company : login 403 403 403 403 403 200 200
GET name_proposal pk=proposal : login 403 403 403 403 403 200 200
POST name_proposal pk=proposal : login 403 403 403 403 403 200 200
POST name_take_back pk=proposal : login 404 302 404 404 404 403 403
GET claim_decide pk=claim : login 403 403 403 403 403 200 200
POST claim_decide pk=claim : login 403 403 403 403 403 200 200
GET claim_create : login 404 403 403 403 404 403 403
POST claim_create : login 404 403 403 403 404 403 403
POST claim_take_back pk=claim : login 302 404 404 404 404 404 404
GET people_list : login 403 403 403 403 403 403 200
GET my_account_close : login 200 200 200 200 200 200 200
POST my_account_close : login 302 302 302 302 302 302 302
GET person_close pk=person : login 403 403 403 403 403 403 200
POST person_close pk=person : login 302 302 302 302 302 302 302
GET person_detail pk=person : login 403 403 403 403 403 403 200
POST organisation_create : login 403 403 403 403 403 200 200
POST organisation_edit pk=company : login 403 403 403 403 403 200 200
POST person_detail pk=person : login 403 403 403 403 403 403 200
POST my_organisation : login 200 200 200 200 200 403 403
POST my_organisation_edit pk=company : login 404 200 404 404 404 403 403
POST membership_remove pk=colleague : login 404 302 404 404 404 302 302
POST invitation_create pk=company : login 404 200 404 404 404 200 200
# Demands, profiles, matches
GET demand_list : login 200 200 200 200 200 200 200
GET demand_create : login 302 200 200 200 302 200 200
POST demand_autosave : login 422 422 422 422 422 422 422
GET amount_reading : login 200 200 200 200 200 200 200
GET demand_detail pk=demand : login 404 200 404 404 404 200 200
GET demand_edit pk=demand : login 404 200 404 404 404 200 200
POST demand_autosave pk=demand : login 404 409 404 404 404 409 409
POST demand_open pk=demand : login 404 302 404 404 404 302 302
POST demand_close pk=demand : login 404 302 404 404 404 302 302
GET demand_delete pk=draft_demand : login 404 200 404 404 404 200 200
POST demand_delete pk=draft_demand : login 404 302 404 404 404 302 302
POST demand_delete pk=demand : login 404 302 404 404 404 302 302
GET demand_history pk=demand : login 404 200 404 404 404 200 200
GET company_profile : login 302 200 200 200 302 302 302
GET company_profile_for pk=company : login 404 200 404 404 404 200 200
GET match_detail pk=match : login 404 200 404 404 404 200 200
GET match_not_relevant pk=match : login 404 200 404 404 404 403 403
POST match_not_relevant pk=match : login 404 302 404 404 404 403 403
POST feedback_put_back pk=mark : login 404 302 404 404 404 403 403
POST demand_preferences pk=demand : login 404 302 404 404 404 302 302
POST demand_sentences pk=demand : login 404 302 404 404 404 302 302
GET technology_matches pk=technology : login 403 403 403 403 403 200 200
GET technology_kept_back pk=technology : login 403 403 403 403 403 200 200
GET demand_kept_back pk=demand : login 403 403 403 403 403 200 200
GET profile_kept_back pk=company : login 403 403 403 403 403 200 200
POST demand_create : login 302 200 200 200 302 200 200
POST demand_edit pk=demand : login 404 200 404 404 404 200 200
POST company_profile : login 302 409 302 302 302 302 302
POST company_profile_for pk=company : login 404 409 404 404 404 409 409
# Match requests and introductions
GET match_request_create pk=technology : login 302 200 200 200 302 200 200
GET match_request_create pk=strangers_draft : login 404 404 404 404 404 200 200
GET match_request_list : login 200 200 200 200 200 200 200
GET match_request_detail pk=match_request : login 404 200 404 404 404 200 200
POST match_request_take pk=match_request : login 403 403 403 403 403 302 302
POST match_request_due pk=match_request : login 403 403 403 403 403 302 302
GET match_request_action pk=match_request action=ask : login 404 403 404 404 404 200 200
GET match_request_action pk=match_request action=accept : login 404 403 404 404 404 200 200
GET match_request_action pk=match_request action=decline : login 404 403 404 404 404 200 200
GET match_request_action pk=match_request action=introduce : login 404 403 404 404 404 200 200
GET match_request_action pk=match_request action=withdraw : login 404 200 404 404 404 403 403
POST match_request_action pk=match_request action=ask : login 404 403 404 404 404 200 200
POST match_request_action pk=match_request action=accept : login 404 403 404 404 404 302 302
POST match_request_action pk=match_request action=decline : login 404 403 404 404 404 200 200
POST match_request_action pk=match_request action=introduce : login 404 403 404 404 404 200 200
POST match_request_action pk=match_request action=withdraw : login 404 302 404 404 404 403 403
GET request_attachment pk=attachment : login 404 200 404 404 404 200 200
GET match_request_queue : login 403 403 403 403 403 200 200
GET introduction_list : login 403 403 403 403 403 200 200
GET introduction_edit pk=introduction : login 403 403 403 403 403 200 200
POST match_request_create pk=technology : login 302 200 200 200 302 200 200
POST introduction_edit pk=introduction : login 403 403 403 403 403 200 200
# Curation and imports
GET technology_merge pk=draft : login 403 403 403 403 403 200 200
POST technology_merge pk=draft : login 403 403 403 403 403 200 200
GET technology_manage_list : login 403 403 403 403 403 200 200
GET technology_create : login 403 403 403 403 403 200 200
GET technology_edit pk=technology : login 403 403 403 403 403 200 200
GET technology_edit pk=draft : login 403 403 403 403 403 200 200
GET technology_text_edit pk=technology language=ko : login 403 403 403 403 403 200 200
GET technology_move pk=draft state=in_review : login 403 403 403 403 403 200 200
POST technology_move pk=draft state=in_review : login 403 403 403 403 403 302 302
GET technology_history pk=technology : login 403 403 403 403 403 200 200
GET scoring_run_list : login 403 403 403 403 403 200 200
GET operations : login 403 403 403 403 403 403 200
POST mail_try_again : login 403 403 403 403 403 403 302
GET mail_try_again : login 405 405 405 405 405 405 405
GET metrics : 404 404 404 404 404 404 404 404
GET scoring_run_start : login 403 403 403 403 403 403 200
GET technology_import : login 403 403 403 403 403 200 200
GET technology_import_template : login 403 403 403 403 403 200 200
GET technology_import_detail pk=technology_import : login 403 403 403 403 403 200 200
GET technology_import_errors pk=technology_import : login 403 403 403 403 403 200 200
GET technology_import_columns pk=technology_import : login 403 403 403 403 403 302 302
POST technology_import_columns pk=technology_import : login 403 403 403 403 403 302 302
POST technology_create : login 403 403 403 403 403 200 200
POST technology_edit pk=technology : login 403 403 403 403 403 200 200
POST technology_text_edit pk=technology language=ko : login 403 403 403 403 403 200 200
POST scoring_run_start : login 403 403 403 403 403 403 302
POST technology_import : login 403 403 403 403 403 200 200
POST technology_import_detail pk=technology_import : login 403 403 403 403 403 200 200
# Changes of what is published
GET change_list : login 403 403 403 403 403 200 200
GET change_detail pk=change : login 403 403 403 403 403 200 200
POST change_detail pk=change : login 403 403 403 403 403 200 200
POST change_approve_import pk=technology_import : login 403 403 403 403 403 302 302
# Versions of the scorer
GET scorer_list : login 403 403 403 403 403 200 200
GET scorer_detail name=v1 : login 403 403 403 403 403 200 200
GET scorer_detail name=v99 : login 403 403 403 403 403 404 404
GET scorer_switch name=v1 : login 403 403 403 403 403 403 200
POST scorer_switch name=v1 : login 403 403 403 403 403 403 200
# Research tasks, budgets, outcomes, programmes
GET research_task_list : login 200 200 200 200 200 200 200
GET research_task_create : login 403 403 403 403 403 200 200
GET research_task_detail pk=research_task : login 404 200 404 200 200 200 200
GET research_task_history pk=research_task : login 404 403 404 403 403 200 200
GET research_task_edit pk=research_task : login 404 403 404 403 403 200 200
POST research_task_move pk=research_task state=running : login 404 403 404 403 403 302 302
GET budget_edit pk=research_task : login 404 403 404 403 403 403 200
GET outcome_create pk=research_task : login 404 200 404 403 403 200 200
GET outcome_edit pk=outcome : login 404 200 404 403 403 200 200
POST outcome_verify pk=outcome : login 404 403 404 403 403 403 302
POST outcome_dispute pk=outcome : login 404 403 404 403 403 403 200
GET outcome_file pk=outcome : login 404 200 404 200 200 200 200
GET programme_list : login 403 403 403 403 403 200 200
GET programme_create : login 403 403 403 403 403 403 200
GET programme_edit pk=programme : login 403 403 403 403 403 403 200
POST research_task_create : login 403 403 403 403 403 200 200
POST research_task_edit pk=research_task : login 404 403 404 403 403 200 200
POST budget_edit pk=research_task : login 404 403 404 403 403 403 302
POST outcome_create pk=research_task : login 404 200 404 403 403 200 200
POST outcome_edit pk=outcome : login 404 200 404 403 403 200 200
POST programme_create : login 403 403 403 403 403 403 200
POST programme_edit pk=programme : login 403 403 403 403 403 403 200
"""


def table() -> list[tuple[str, str, dict[str, str], list[str]]]:
    """Method, name of the address, its arguments, one answer per role."""
    rows = []
    for line in LINES.strip().splitlines():
        if line.startswith("#"):
            continue
        request, answers = line.split(":")
        method, name, *arguments = request.split()
        rows.append((method, name, dict(one.split("=") for one in arguments), answers.split()))
    return rows
