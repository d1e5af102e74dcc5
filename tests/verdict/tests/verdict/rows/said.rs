// What the report says of each row, there and back.

row!(
    verdicts_bound_member_respelled,
    "bound-member-respelled",
    "no change",
    "",
    swapped "no change",
    ""
);

row!(
    verdicts_deprecation_message,
    "deprecation-message",
    "patch",
    r"1 changed text

documentation
  GetJarResponse
",
    swapped "patch",
    r"1 changed text

documentation
  GetJarResponse
"
);

row!(
    verdicts_enum_value_respelled,
    "enum-value-respelled",
    "major",
    r"1 breaking change

breaking
  Kind.orange-jam  ORANGE_JAM → orange-jam; wire change: Kind::OrangeJam has another text
",
    swapped "major",
    r"1 breaking change

breaking
  Kind.ORANGE_JAM  orange-jam → ORANGE_JAM; wire change: Kind::OrangeJam has another text
"
);

row!(
    verdicts_events_come_to_output,
    "events-come-to-output",
    "major",
    r"1 breaking change, 2 additions

breaking
  GetJarResponse.lids  is new; the structure loses Clone, PartialEq, UnwindSafe and RefUnwindSafe

types (2)
  Lid   struct with 1 member; reached through Lids.lid
  Lids  union with 1 member; reached through GetJarResponse.lids
",
    swapped "major",
    r"3 breaking changes

breaking (3)
  Lid                  the type is removed: no selected operation reaches it now
  Lids                 the type is removed: no selected operation reaches it now
  GetJarResponse.lids  the field is removed
"
);

row!(
    verdicts_list_format_diff,
    "list-format-diff",
    "patch",
    r"1 change on the wire

on the wire
  PutVisitsRequest.visits  body visits → body visits, as an HTTP date; on the wire only: programs
                           set and read it as before
",
    swapped "patch",
    r"1 change on the wire

on the wire
  PutVisitsRequest.visits  body visits, as an HTTP date → body visits; on the wire only: programs
                           set and read it as before
"
);

row!(
    verdicts_member_respelled,
    "member-respelled",
    "patch",
    r"1 change on the wire

on the wire
  GetJarResponse.BestBefore  body bestBefore → body BestBefore; on the wire only: programs set and
                             read it as before
",
    swapped "patch",
    r"1 change on the wire

on the wire
  GetJarResponse.bestBefore  body BestBefore → body bestBefore; on the wire only: programs set and
                             read it as before
"
);

row!(
    verdicts_operation_respelled,
    "operation-respelled",
    "patch",
    r"1 changed text

documentation
  getJar
",
    swapped "patch",
    r"1 changed text

documentation
  GetJar
"
);

row!(
    verdicts_output_goes,
    "output-goes",
    "major",
    r"1 breaking change

breaking
  GetJarResponse.label  the field is removed
",
    swapped "minor",
    r"1 addition

members
  GetJarResponse  label: Option<String>
"
);

row!(
    verdicts_retyped_and_moved,
    "retyped-and-moved",
    "major",
    r"1 breaking change, 1 change on the wire

breaking
  GetJarResponse.label  label: Option<String> → label: Option<BTreeMap<String, String>>; the field
                        has another type

on the wire
  GetJarResponse.label  header x-label → headers x-label-*; on the wire
",
    swapped "major",
    r"1 breaking change, 1 change on the wire

breaking
  GetJarResponse.label  label: Option<BTreeMap<String, String>> → label: Option<String>; the field
                        has another type

on the wire
  GetJarResponse.label  headers x-label-* → header x-label; on the wire
"
);

row!(
    verdicts_rules_by_account,
    "rules-by-account",
    "major",
    r"1 breaking change

breaking
  Pantry  https://{account_id}.pantry.example.com → error: not with an account; wire change: calls
          can no longer be sent with account id set
",
    swapped "patch",
    r"1 change on the wire

on the wire
  endpoint rules  with account id set: error: not with an account →
                  https://{account_id}.pantry.example.com
"
);

row!(
    verdicts_rules_by_input,
    "rules-by-input",
    "patch",
    r"1 change on the wire

on the wire
  endpoint rules  with Jar set: https://{Jar}.pantry.example.com → https://{Jar}.larder.example.org
",
    swapped "patch",
    r"1 change on the wire

on the wire
  endpoint rules  with Jar set: https://{Jar}.larder.example.org → https://{Jar}.pantry.example.com
"
);

row!(
    verdicts_shape_respelled,
    "shape-respelled",
    "patch",
    r"1 changed text

documentation
  lid
",
    swapped "patch",
    r"1 changed text

documentation
  Lid
"
);

row!(
    verdicts_stream_comes_to_input,
    "stream-comes-to-input",
    "major",
    r"1 breaking change

breaking
  GetJarRequest.content  is new; the structure loses PartialEq
",
    swapped "major",
    r"1 breaking change

breaking
  GetJarRequest.content  the field and its setter are removed
"
);

row!(
    verdicts_stream_comes_to_output,
    "stream-comes-to-output",
    "major",
    r"1 breaking change

breaking
  GetJarResponse.content  is new; the structure loses Clone and PartialEq
",
    swapped "major",
    r"1 breaking change

breaking
  GetJarResponse.content  the field is removed
"
);

row!(
    verdicts_stream_exception_comes,
    "stream-exception-comes",
    "minor",
    r"1 addition

exceptions
  Lids.empty  declared for the stream now; it was an error with the code empty before
",
    swapped "major",
    r"1 breaking change

breaking
  Lids.empty  wire change: a stream that ends with it returns an error with the code empty, which is
              no longer a ServiceError::EmptyException
"
);

row!(
    verdicts_token_to_no_auth,
    "token-to-no-auth",
    "major",
    r"1 breaking change

breaking
  GetJar  a bearer token → no authentication; calls no longer need a bearer token; BearerToken is
          removed from the crate's root
",
    swapped "major",
    r"1 breaking change

breaking
  GetJar  no authentication → a bearer token; wire change: calls need a bearer token now, so those
          without one fail before they are sent
"
);

row!(
    verdicts_union_is_sent_too,
    "union-is-sent-too",
    "minor",
    r"2 additions

members
  GetJarRequest  filling: Option<Filling>

types
  Filling  received only → sent and received; it can be sent now
",
    swapped "major",
    r"2 breaking changes

breaking (2)
  Filling                sent and received → received only; it can no longer be sent
  GetJarRequest.filling  the field and its setter are removed
"
);

row!(
    verdicts_union_member_respelled,
    "union-member-respelled",
    "patch",
    r"1 change on the wire

on the wire
  Filling.Jam  body jam → body Jam; on the wire only: programs match it as before
",
    swapped "patch",
    r"1 change on the wire

on the wire
  Filling.jam  body Jam → body jam; on the wire only: programs match it as before
"
);

row!(
    verdicts_waiter_documentation,
    "waiter-documentation",
    "patch",
    r"1 changed text

documentation
  JarFull
",
    swapped "patch",
    r"1 changed text

documentation
  JarFull
"
);

row!(
    verdicts_waiter_respelled,
    "waiter-respelled",
    "patch",
    r"1 changed text

documentation
  jarFull
",
    swapped "patch",
    r"1 changed text

documentation
  JarFull
"
);
