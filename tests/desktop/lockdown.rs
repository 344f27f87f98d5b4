//! What a hostile page could try: everything is denied in the real webview, not only in a settings file.

use serde_json::{Value, json};

use crate::window::Window;

#[tokio::test]
#[ignore = "needs a display; scripts/desktop-test.sh gives it one"]
async fn commands_that_were_not_granted_are_denied() {
    let window = Window::open(&[]).await;
    let script = "try { return await window.__TAURI_INTERNALS__.invoke(argument); } catch (error) { return 'denied: ' + error; }";
    for command in [
        "plugin:window|close",
        "plugin:window|set_title",
        "plugin:webview|create_webview_window",
        "plugin:event|emit",
        "plugin:path|resolve_directory",
        "plugin:app|version",
        "plugin:window-state|save_window_state",
        "plugin:shell|execute",
        "plugin:fs|read_file",
        "no_such_command",
    ] {
        let answer = window.driver.run(script, json!(command)).await;
        let denied = answer.as_str().is_some_and(|answer| answer.starts_with("denied: "));
        assert!(denied, "{command} answered {answer}");
    }
    window.close().await;
}

#[tokio::test]
#[ignore = "needs a display; scripts/desktop-test.sh gives it one"]
async fn injected_script_style_and_pictures_are_blocked() {
    let window = Window::open(&[]).await;
    let script = "
        const seen = [];
        document.addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
        const add = (name, attributes, text) => {
            const element = document.createElement(name);
            for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
            if (text) element.textContent = text;
            document.body.append(element);
        };
        add('script', {}, 'window.__inline = true');
        add('script', { src: 'https://127.0.0.1:45999/x.js' });
        add('img', { src: 'https://127.0.0.1:45999/x.png' });
        add('iframe', { src: 'https://127.0.0.1:45999/' });
        add('style', {}, 'body { color: red }');
        add('button', { id: 'handler', onclick: 'window.__handler = true' });
        document.getElementById('handler').click();
        await fetch('http://127.0.0.1:45999/').catch(() => undefined);
        try { new Function('window.__evaluated = true')(); } catch { seen.push('eval') }
        for (let tries = 0; tries < 50 && seen.length < 8; tries += 1) await new Promise((next) => setTimeout(next, 100));
        return { seen, ran: [window.__inline, window.__handler, window.__evaluated].some(Boolean) };";
    let outcome = window.driver.run(script, Value::Null).await;
    assert_eq!(outcome["ran"], json!(false), "a script ran that is not ours");
    let seen = outcome["seen"].as_array().unwrap();
    for directive in
        ["script-src-elem", "style-src-elem", "img-src", "frame-src", "script-src-attr", "connect-src", "eval"]
    {
        assert!(seen.iter().any(|name| name == directive), "{directive} was not enforced: {seen:?}");
    }
    window.close().await;
}

#[tokio::test]
#[ignore = "needs a display; scripts/desktop-test.sh gives it one"]
async fn prototype_is_frozen_and_the_key_cannot_be_replaced() {
    let window = Window::open(&[]).await;
    let script = "
        'use strict';
        const attempts = [
            () => { Object.prototype.polluted = 1; },
            () => { Object.prototype.toString = () => 'mine'; },
            () => { ({}).__proto__.polluted = 1; },
            () => { delete Object.prototype.hasOwnProperty; },
            () => { Object.defineProperty(Object.prototype, 'toString', { value: 1 }); },
            () => { window.__SWITCHYARD__ = { key: 'x' }; },
            () => { window.__SWITCHYARD__.key = 'x'; },
            () => { delete window.__SWITCHYARD__; },
        ];
        const refused = attempts.map((attempt) => { try { attempt(); return false; } catch { return true; } });
        const child = Object.create({}); child.constructor = 'own'; child.toString = () => 'own';
        return { refused, frozen: Object.isFrozen(Object.prototype), child: [child.constructor, String(child)],
                 others: String({}), keys: Object.keys(child) };";
    let outcome = window.driver.run(script, Value::Null).await;
    assert_eq!(outcome["refused"], json!([true, true, true, true, true, true, true, true]));
    assert_eq!(outcome["frozen"], json!(true));
    assert_eq!(outcome["child"], json!(["own", "own"]), "libraries may still give their own objects these names");
    assert_eq!(outcome["keys"], json!(["constructor", "toString"]));
    assert_eq!(outcome["others"], json!("[object Object]"));
    window.close().await;
}

#[tokio::test]
#[ignore = "needs a display; scripts/desktop-test.sh gives it one"]
async fn call_with_another_key_or_a_wrong_length_is_refused_in_the_webview() {
    let window = Window::open(&[]).await;
    let script = "
        const key = window.__SWITCHYARD__.key;
        const call = (headers, init = {}) => fetch('switchyard://localhost/api/v1/session', { headers, ...init })
            .then((response) => response.status, () => 'unreadable');
        return [
            await call({ 'x-switchyard-key': key }),
            await call({ 'x-switchyard-key': key + 'x' }),
            await call({}),
            await call({ 'x-switchyard-key': key, accept: 'text/event-stream' }),
            await call({ 'x-switchyard-key': key, 'x-body-bytes': '9' }, { method: 'POST', body: '{}' }),
        ];";
    let statuses = window.driver.run(script, Value::Null).await;
    assert_eq!(statuses[0], 200);
    for refused in [&statuses[1], &statuses[2], &statuses[3], &statuses[4]] {
        let kept_out = refused == "unreadable" || refused.as_u64().is_some_and(|status| status >= 400);
        assert!(kept_out, "a call came through that should not: {statuses}");
    }
    window.close().await;
}
