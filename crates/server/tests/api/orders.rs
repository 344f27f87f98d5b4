//! `/orders`

use serde_json::json;

use crate::app::TestApp;
use crate::seed;

#[tokio::test]
async fn a_list_has_rows_a_total_and_goes_on_where_it_ended() {
    let app = TestApp::seeded().await;
    let first = app.get("/orders?sort=number&limit=3").await.json();
    let numbers = |page: &serde_json::Value| {
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["number"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(numbers(&first), ["#1001", "#1002", "#1003"]);
    assert_eq!(first["total"], json!({ "value": 4, "capped": false }));
    let next = first["next"].as_str().unwrap();
    let second = app.get(&format!("/orders?sort=number&limit=3&after={next}")).await.json();
    assert_eq!(numbers(&second), ["#1004"]);
    assert_eq!(second["next"], json!(null));
    let jumped = app.get("/orders?sort=number&limit=1&offset=2").await.json();
    assert_eq!(numbers(&jumped), ["#1003"]);
    insta::assert_json_snapshot!("order_row", first["items"][0]);
}

#[rstest::rstest]
#[case("state:editable", &["#1001"])]
#[case("held:yes", &["#1003"])]
#[case("-state:cancelled", &["#1001", "#1002", "#1003"])]
#[case("shop:%22tea corner%22 warehouse:leeds", &["#1001", "#1002", "#1003"])]
#[case("cutoff:<2h", &["#1001"])]
#[case("1002", &["#1002"])]
#[case("total:>60", &[])]
#[tokio::test]
async fn a_query_finds_what_it_says(#[case] query: &str, #[case] numbers: &[&str]) {
    let app = TestApp::seeded().await;
    let page = app
        .get(&format!("/orders?sort=number&q={}", query.replace(' ', "%20").replace('>', "%3E").replace('<', "%3C")))
        .await
        .json();
    let found: Vec<&str> =
        page["items"].as_array().unwrap().iter().map(|row| row["number"].as_str().unwrap()).collect();
    assert_eq!(found, numbers, "{page}");
    assert_eq!(page["total"]["value"], numbers.len());
}

#[tokio::test]
async fn a_query_that_cannot_be_understood_names_the_place() {
    let app = TestApp::seeded().await;
    let answer = app.get("/orders?q=stat:editable").await;
    assert_eq!(answer.status, 400);
    insta::assert_json_snapshot!("bad_query", answer.problem(), { ".instance" => "[instance]" });
}

#[rstest::rstest]
#[case("limit=0", "limit")]
#[case("limit=501", "limit")]
#[case("sort=colour", "sort")]
#[case("after=nonsense", "after")]
#[case("page=2", "query")]
#[case("limit=many", "query")]
#[tokio::test]
async fn a_wrong_parameter_is_named(#[case] query: &str, #[case] field: &str) {
    let app = TestApp::empty().await;
    let answer = app.get(&format!("/orders?{query}")).await;
    assert_eq!(answer.status, 400);
    let problem = answer.problem();
    assert_eq!(problem["code"], "SY-0002");
    assert_eq!(problem["fields"][0]["path"], field);
}

#[tokio::test]
async fn an_order_comes_with_everything_that_belongs_to_it() {
    let app = TestApp::seeded().await;
    let detail = app.get(&format!("/orders/{}", seed::editable())).await.json();
    insta::assert_json_snapshot!("order_detail", detail);
}

#[tokio::test]
async fn what_may_be_done_follows_the_rules_and_says_why_not() {
    let app = TestApp::seeded().await;
    let verbs = ["address", "quantity", "hold", "release", "cancel"];
    let allowed = async |id| {
        let detail = app.get(&format!("/orders/{id}")).await.json();
        let editable = detail["editable"].clone();
        let flags = verbs.map(|verb| editable[verb]["allowed"].as_bool().unwrap());
        let codes = verbs.map(|verb| editable[verb]["why"]["code"].as_str().unwrap_or_default().to_owned());
        (flags, codes)
    };
    assert_eq!(allowed(seed::editable()).await.0, [true; 5]);
    let (flags, codes) = allowed(seed::handed_over()).await;
    assert_eq!(flags, [true, false, false, false, true], "its warehouse can be asked for these two");
    assert_eq!(codes, ["", "SY-1101", "SY-1101", "SY-1101", ""]);
    let (flags, codes) = allowed(seed::held()).await;
    assert_eq!(flags, [true, true, true, false, true], "a held order is not released");
    assert_eq!(codes[3], "SY-1102");
    assert_eq!(allowed(seed::cancelled()).await.0, [false; 5]);
}

#[tokio::test]
async fn the_raw_payload_is_what_the_shop_sent() {
    let app = TestApp::seeded().await;
    let raw = app.get(&format!("/orders/{}/raw", seed::editable())).await.json();
    assert_eq!(raw["text"], r##"{"name":"#1001"}"##);
    let none = app.get(&format!("/orders/{}/raw", seed::held())).await;
    assert_eq!(none.status, 404);
    assert_eq!(none.problem()["code"], "SY-0003");
}

#[tokio::test]
async fn the_timeline_is_the_orders_own_journal() {
    let app = TestApp::seeded().await;
    let timeline = app.get(&format!("/orders/{}/timeline", seed::held())).await.json();
    insta::assert_json_snapshot!("timeline", timeline);
}

#[tokio::test]
async fn an_unknown_order_is_404_and_a_malformed_id_400() {
    let app = TestApp::seeded().await;
    let unknown = seed::shop().as_str().replace("con_", "ord_");
    for path in ["", "/raw", "/timeline"] {
        let answer = app.get(&format!("/orders/{unknown}{path}")).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.problem()["code"], "SY-0003");
    }
    let answer = app.get(&format!("/orders/{}", seed::shop())).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.problem()["code"], "SY-0002");
}

#[tokio::test]
async fn a_path_or_method_the_api_does_not_have_is_a_problem_too() {
    let app = TestApp::empty().await;
    assert_eq!(app.get("/nothing").await.problem()["status"], 404);
    let answer = app.call(crate::app::Call::new(axum::http::Method::DELETE, "/orders")).await;
    assert_eq!(answer.problem()["status"], 405);
}
