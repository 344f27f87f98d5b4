export { FIELDS, type Field, fieldNamed, STATE_WORDS } from "./fields";
export { type Comparison, type Condition, type Fault, parseQuery, type Query, type Span, type Term } from "./parse";
export { type KnownValues, type Suggestion, suggest } from "./suggest";
export { queryText, replaced, termText, type Wish, without, withTerm } from "./text";
