//! The rules that clients of AWS share (retries, limits of time, credentials, regions, endpoints), in our words, each with
//! the tests that show it. A rule whose test is gone is an error here.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A rule, and the file and the name of each test that shows it.
type Rule = (&'static str, &'static [(&'static str, &'static str)]);

const RETRIES: &str = "runtime/tests/shell/retries.rs";
const CALLS: &str = "runtime/tests/shell/calls.rs";
const FAILURES: &str = "runtime/tests/shell/failures.rs";
const THROTTLING: &str = "runtime/tests/shell/throttling.rs";
const CACHE: &str = "runtime/src/client/cache/tests.rs";
const CONFIG: &str = "config/tests/settings/config.rs";
const CREDENTIALS: &str = "config/tests/settings/credentials.rs";
const AGENTS: &str = "config/tests/settings/container_and_instance.rs";
const ORDER: &str = "config/tests/settings/order.rs";
const PROFILES: &str = "config/tests/settings/profile_credentials.rs";
const SOURCES: &str = "config/tests/settings/profile_sources.rs";
const RENEWALS: &str = "config/tests/settings/renewals.rs";
const ROLES: &str = "config/tests/settings/roles.rs";
const EXPLAIN: &str = "config/tests/settings/explain.rs";
const BEARER: &str = "config/tests/settings/bearer.rs";
const GENERATED_RETRIES: &str = "tests/tests/generated/retries.rs";
const TRANSPORT: &str = "tests/tests/imagebuilder/transport.rs";
const SHARED: &str = "tests/tests/imagebuilder/shared_client.rs";

const RULES: &[Rule] = &[
    // --- retries ---
    (
        "a call has three attempts, or what the variable or the profile says",
        &[
            (TRANSPORT, "a_refused_connection_is_tried_three_times"),
            (CONFIG, "retries_come_from_the_environment_and_the_profile"),
        ],
    ),
    (
        "the wait is random up to 1 s, 2 s, 4 s and so on to 20 s; a service may ask for one from that to 5 s more, in two headers",
        &[
            (
                RETRIES,
                "the_wait_doubles_up_to_twenty_seconds_with_full_jitter_and_follows_the_service_within_five",
            ),
            (RETRIES, "a_response_may_ask_for_a_wait_in_two_headers"),
        ],
    ),
    (
        "retried are connections and attempts that fail or take too long, four status codes, codes of transient errors and of \
         throttling, what the model marks, and every 429 unless that is switched off",
        &[
            (RETRIES, "what_is_retried_and_why"),
            (
                FAILURES,
                "a_connection_that_fails_is_retried_where_that_may_help",
            ),
            (TRANSPORT, "a_stalled_attempt_is_tried_again"),
            (FAILURES, "a_429_is_retried_unless_that_is_switched_off"),
        ],
    ),
    (
        "a quota of 500 is shared by the clones of a client: a retry costs 5, after a timeout 10, and a success gives back; without \
         it there is no retry, and the error says so",
        &[
            (RETRIES, "what_a_retry_costs"),
            (
                RETRIES,
                "the_quota_lasts_for_a_hundred_retries_and_comes_back_with_success",
            ),
            (
                SHARED,
                "the_quota_of_500_pays_for_100_retries_and_then_no_more",
            ),
            (SHARED, "retries_after_timeouts_cost_twice_as_much"),
            (SHARED, "a_client_of_its_own_has_a_quota_of_its_own"),
            (FAILURES, "an_empty_quota_ends_the_retries_and_is_reported"),
        ],
    ),
    (
        "each attempt is signed again with its own date; the call's id is one for all of them, and they are counted",
        &[
            (CALLS, "each_attempt_is_signed_again_with_its_own_date"),
            (CALLS, "attempts_share_their_invocation_id_and_count_up"),
            (CALLS, "each_call_has_an_invocation_id_of_its_own"),
        ],
    ),
    (
        "a body that can be read once is not sent again once it was read",
        &[
            (
                "tests/tests/generated/streams/upload.rs",
                "what_can_be_read_only_once_is_not_sent_again_and_the_error_says_so",
            ),
            (
                "runtime/tests/shell/streams.rs",
                "a_stream_of_which_nothing_was_read_is_sent_again",
            ),
        ],
    ),
    (
        "adaptive mode limits the rate along a cubic curve, to at most twice what was measured and at least one request in two \
         seconds, once it was throttled",
        &[
            (
                RETRIES,
                "the_rate_limiter_is_off_until_the_first_throttle_and_then_at_seven_tenths",
            ),
            (
                RETRIES,
                "the_limited_rate_grows_along_the_cubic_curve_to_at_most_twice_the_measured_rate",
            ),
            (
                RETRIES,
                "the_limited_rate_never_falls_below_one_request_in_two_seconds",
            ),
            (
                THROTTLING,
                "adaptive_mode_holds_calls_back_after_a_throttle_and_lets_go_by_and_by",
            ),
            (THROTTLING, "standard_mode_does_not_hold_calls_back"),
        ],
    ),
    (
        "the rules of 2026 are an option: waits from 50 ms, or 1 s after a throttle; other costs; a long poll waits even if the \
         quota is empty",
        &[
            (
                RETRIES,
                "the_rules_of_2026_wait_less_unless_the_service_throttles",
            ),
            (RETRIES, "what_a_retry_costs"),
            (CONFIG, "the_rules_of_retries_come_from_the_environment"),
            (
                "tests/tests/generated/long_poll.rs",
                "by_the_rules_of_2026_a_long_poll_waits_even_if_no_retry_is_left",
            ),
        ],
    ),
    (
        "under them, a service may have a first wait and attempts of its own, as DynamoDB has: 25 ms and four",
        &[
            (
                RETRIES,
                "by_the_rules_of_2026_a_service_may_have_a_first_wait_and_attempts_of_its_own",
            ),
            (
                GENERATED_RETRIES,
                "dynamodb_makes_four_attempts_by_the_rules_of_2026_and_waits_from_25_milliseconds",
            ),
            (
                GENERATED_RETRIES,
                "dynamodb_is_retried_as_all_services_are_by_the_rules_before",
            ),
            (
                GENERATED_RETRIES,
                "attempts_that_are_set_count_before_the_services",
            ),
        ],
    ),
    // --- limits of time ---
    (
        "a connection may take 3.1 s, an attempt and a call have defaults, and all can be set or switched off",
        &[
            (
                CALLS,
                "a_connection_may_take_3_1_seconds_unless_the_configuration_says_otherwise",
            ),
            (
                FAILURES,
                "a_service_that_stays_silent_costs_a_minute_an_attempt",
            ),
            (
                FAILURES,
                "a_call_ends_with_its_own_limit_and_says_what_was_last",
            ),
            (FAILURES, "limits_can_be_switched_off"),
        ],
    ),
    (
        "a server that stalls holds up nobody for ever: connecting, before a response, and within a body",
        &[
            (
                "runtime/tests/shell/hyper.rs",
                "a_tls_handshake_that_stalls_ends_with_the_connect_timeout_of_the_request",
            ),
            (TRANSPORT, "an_attempt_that_stalls_ends_in_its_time"),
            (
                "tests/tests/generated/streams/download.rs",
                "a_server_that_stops_sending_is_an_error_after_the_idle_timeout",
            ),
        ],
    ),
    // --- credentials ---
    (
        "credentials are those that are set, of the environment, the profile's role, a web identity, single sign-on, the profile's \
         keys, its program, the container, the instance, in this order",
        &[
            (CREDENTIALS, "the_chain_asks_in_order"),
            (ORDER, "settings_07_profile_role_vs_web_identity"),
            (ORDER, "settings_20_program_profile_yields"),
            (SOURCES, "the_sources_of_a_profile_come_in_botocores_order"),
        ],
    ),
    (
        "a role is assumed with the keys of another profile or of a named source, also through several roles",
        &[
            (PROFILES, "roles_are_assumed_from_the_source_profile_on"),
            (
                PROFILES,
                "a_role_may_come_from_the_environment_the_container_or_the_instance",
            ),
            (
                SOURCES,
                "a_chain_of_roles_ends_where_a_profile_has_keys_or_not_at_all",
            ),
        ],
    ),
    (
        "a web identity's token is in a file that the environment or the profile names",
        &[
            (
                CREDENTIALS,
                "web_identity_assumes_the_role_with_the_token_in_the_file",
            ),
            (
                ORDER,
                "a_web_identity_is_of_variables_and_else_of_the_profile",
            ),
        ],
    ),
    (
        "a container is asked at a relative or a full URI, with a token or a file of one, and gives it to no stranger",
        &[
            (
                AGENTS,
                "a_container_is_asked_with_its_token_which_a_file_gives_before_the_variable",
            ),
            (
                AGENTS,
                "a_containers_url_must_not_carry_its_token_to_strangers",
            ),
            (
                "config/tests/settings/container.rs",
                "a_relative_uri_is_a_path_at_the_agent_of_ecs_and_leads_nowhere_else",
            ),
        ],
    ),
    (
        "an instance is asked by version 2 of its metadata service, within one second and once",
        &[
            (
                AGENTS,
                "an_instance_is_asked_by_version_2_of_its_metadata_service",
            ),
            (
                AGENTS,
                "an_instance_that_does_not_answer_is_given_up_after_one_second_and_one_try",
            ),
        ],
    ),
    (
        "credentials are fetched again before they expire, one refresh at a time, which holds up no call with valid ones",
        &[
            (
                CACHE,
                "they_are_fetched_again_five_to_six_minutes_before_they_expire",
            ),
            (CACHE, "many_callers_make_one_refresh_and_share_its_outcome"),
            (
                CACHE,
                "a_source_that_does_not_respond_fails_no_call_while_credentials_are_valid",
            ),
            (
                CACHE,
                "a_value_is_not_used_after_its_end_because_a_refresh_failed_shortly_before_it",
            ),
            (
                "config/tests/settings/expired.rs",
                "settings_08_expired_token_makes_the_client_ask_its_source_again",
            ),
        ],
    ),
    (
        "without credentials, the error lists each source and what it said; a source that is set up and fails ends the search",
        &[
            (
                CREDENTIALS,
                "no_credentials_is_an_error_that_lists_each_source_and_what_it_said",
            ),
            (
                CREDENTIALS,
                "a_source_that_is_set_up_but_fails_ends_the_search",
            ),
        ],
    ),
    (
        "secrets are in no error, log or `Debug`, and headers of sensitive members are marked for HTTP clients",
        &[
            ("tests/tests/secrets/calls.rs", "no_secret_is_ever_written"),
            (
                "config/tests/settings/config_errors.rs",
                "nothing_that_is_printed_shows_a_secret",
            ),
            (
                "runtime/tests/core/requests.rs",
                "the_header_of_a_sensitive_member_is_marked_and_no_other",
            ),
        ],
    ),
    (
        "tokens and what renews them leave this machine over HTTPS only",
        &[
            (BEARER, "a_token_leaves_this_machine_over_https_only"),
            (
                RENEWALS,
                "tokens_of_sources_leave_this_machine_over_https_only",
            ),
        ],
    ),
    (
        "tokens of single sign-on are renewed and stored, for credentials and as bearer tokens",
        &[
            (
                RENEWALS,
                "settings_05_sso_token_is_renewed_by_its_refresh_token",
            ),
            (
                RENEWALS,
                "a_token_that_is_still_valid_is_used_where_its_renewal_fails",
            ),
            (
                BEARER,
                "a_token_is_taken_from_where_it_was_set_then_the_services_variable_then_the_session",
            ),
        ],
    ),
    (
        "a session of `aws login` signs, and is renewed with a proof of its key; without the feature the error names it",
        &[
            (RENEWALS, "settings_06_login_session_signs"),
            (
                RENEWALS,
                "settings_06_login_session_is_renewed_with_a_proof_of_its_key",
            ),
            (
                "config/src/credentials/no_login.rs",
                "a_login_session_without_the_feature_is_an_error_that_names_it",
            ),
        ],
    ),
    (
        "services that give credentials are called as any service: endpoints, partitions, retries",
        &[
            (
                ROLES,
                "settings_04_sts_is_called_where_any_service_would_be",
            ),
            (ROLES, "settings_03_sts_is_asked_again_as_any_service_is"),
            (
                "config/tests/settings/sso.rs",
                "the_portal_is_asked_in_its_own_partition",
            ),
        ],
    ),
    (
        "one configuration makes clients of any number of services, which share credentials; each setting says where it is from",
        &[
            (
                ROLES,
                "one_configuration_makes_clients_that_share_the_credentials",
            ),
            (
                EXPLAIN,
                "each_setting_names_the_variable_the_section_or_the_default_that_gave_it",
            ),
            (
                EXPLAIN,
                "what_is_missing_is_explained_as_the_error_of_a_call_says_it",
            ),
        ],
    ),
    (
        "a provider of aws-config can be given",
        &[(
            "runtime/tests/shell/aws_adapter.rs",
            "their_credentials_sign_our_calls",
        )],
    ),
    // --- regions and endpoints ---
    (
        "a region is the one that is set, of AWS_REGION, AWS_DEFAULT_REGION, the profile, the instance",
        &[
            (CONFIG, "the_region_is_looked_for_in_order"),
            (CONFIG, "the_region_comes_from_instance_metadata_last"),
        ],
    ),
    (
        "an endpoint is the one that is set, of the service's variable, AWS_ENDPOINT_URL, the profile's services section, the \
         profile, the service's rules; FIPS and dual-stack are read likewise",
        &[
            (CONFIG, "the_endpoint_is_looked_for_in_order"),
            (
                CONFIG,
                "fips_and_dual_stack_come_from_the_environment_and_the_profile",
            ),
        ],
    ),
    // --- who depends on whom ---
    (
        "the runtime knows nothing of loading, nor the clients that sources call of credentials; a client given its keys builds \
         without",
        &[
            ("runtime/tests/layers/main.rs", "imports_go_down"),
            (
                "tests/tests/project/dependencies.rs",
                "a_client_has_at_most_75_crates_in_its_tree_and_60_without_credentials",
            ),
        ],
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The names of the tests in a file: functions below a test's attribute.
fn tests_in(text: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut is_test = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            is_test = true;
        } else if let Some((_, rest)) = line.split_once("fn ").filter(|_| is_test) {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
            found.extend(end.and_then(|end| rest.get(..end)));
            is_test = false;
        }
    }
    found
}

/// What is wrong with a table of rules.
fn faults(rules: &[Rule]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for (rule, tests) in rules {
        if !seen.insert(*rule) {
            faults.push(format!("twice: {rule}"));
        }
        if tests.is_empty() {
            faults.push(format!("no test: {rule}"));
        }
        for (file, test) in *tests {
            let text = std::fs::read_to_string(root().join(file)).unwrap_or_default();
            if !tests_in(&text).contains(test) {
                faults.push(format!(
                    "expected the test {test} in {file}, found none, for: {rule}"
                ));
            }
        }
    }
    faults
}

#[test]
fn each_rule_of_retries_and_credentials_names_tests_that_exist() {
    assert_eq!(faults(RULES), Vec::<String>::new());
}

#[test]
fn a_rule_without_a_test_is_found() {
    let wrong: &[Rule] = &[
        ("gone", &[(RETRIES, "no_such_test")]),
        ("moved", &[("no/such/file.rs", "what_is_retried_and_why")]),
        ("helper", &[(RETRIES, "steady")]),
        ("nothing", &[]),
        ("same", &[(RETRIES, "what_a_retry_costs")]),
        ("same", &[(RETRIES, "what_a_retry_costs")]),
    ];
    assert_eq!(faults(wrong).len(), 5, "{:?}", faults(wrong));
}
