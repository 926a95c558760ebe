//! In a real browser: the same verdicts in wasm, and the life of the element's Rust half.
#![cfg(all(target_arch = "wasm32", feature = "element"))]

#[path = "../golden.rs"]
mod golden;

use nomination_form::element::{OpenForm, open};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Event, HtmlElement, HtmlInputElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

wasm_bindgen_test_configure!(run_in_browser);

const CAMPAIGN: &[u8] = include_bytes!("../../public/campaigns/nm2022.json");

#[wasm_bindgen_test]
fn every_nomination_earns_the_verdict_it_earns_natively() {
    let mut cases = 0;
    for (name, case) in golden::cases() {
        assert_eq!(golden::found(&case), case["problems"], "{name}");
        cases += 1;
    }
    assert!(cases > 100, "only {cases} cases were built in");
}

#[wasm_bindgen_test]
async fn a_form_opens_takes_words_and_leaves_nothing_behind() {
    let stage = Stage::new();
    let form = stage.open(CAMPAIGN, "nm2022.worker").await.unwrap();
    let name: HtmlInputElement = stage.find("[name=name]").unchecked_into();
    name.set_value("娜仁花");
    name.dispatch_event(&Event::new("input").unwrap()).unwrap();
    let submission: serde_json::Value = serde_json::from_str(&form.submission().unwrap()).unwrap();
    assert_eq!(submission["answers"]["name"], "娜仁花");
    assert_eq!(submission["answers"]["id_type"], "居民身份证", "the campaign's default");
    let verdict: serde_json::Value = serde_json::from_str(&form.judge().unwrap()).unwrap();
    assert_eq!(verdict["ok"], false);
    form.close();
    assert_eq!(stage.place.child_element_count(), 0);
}

#[wasm_bindgen_test]
async fn two_forms_do_not_know_of_each_other() {
    let (one, other) = (Stage::new(), Stage::new());
    let first = one.open(CAMPAIGN, "nm2022.worker").await.unwrap();
    let second = other.open(CAMPAIGN, "nm2022.worker").await.unwrap();
    let name: HtmlInputElement = one.find("[name=name]").unchecked_into();
    name.set_value("甲");
    name.dispatch_event(&Event::new("input").unwrap()).unwrap();
    assert!(first.submission().unwrap().contains("甲"));
    assert!(!second.submission().unwrap().contains("甲"));
    first.close();
    assert!(other.root.query_selector("[name=name]").unwrap().is_some());
    second.close();
}

#[wasm_bindgen_test]
async fn faults_and_unknown_tracks_come_back_in_words_and_nothing_is_shown() {
    let stage = Stage::new();
    let faults = stage.open(br#"{"format": "campaign/1", "titel": 1}"#, "x").await.err().unwrap();
    let words: String = js_sys::JSON::stringify(&faults).unwrap().into();
    assert!(words.contains("titel"), "{words}");
    let faults = stage.open(CAMPAIGN, "nm2022.nobody").await.err().unwrap();
    let words: String = js_sys::JSON::stringify(&faults).unwrap().into();
    assert!(words.contains("nm2022.nobody") && words.contains("nm2022.worker"), "{words}");
    assert_eq!(stage.place.child_element_count(), 0);
}

/// A host element with a shadow root and a place for the form in it, in the document.
struct Stage {
    host: HtmlElement,
    root: ShadowRoot,
    place: HtmlElement,
}

impl Stage {
    fn new() -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let div = || document.create_element("div").unwrap().unchecked_into::<HtmlElement>();
        let (host, place) = (div(), div());
        let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).unwrap();
        root.append_child(&place).unwrap();
        document.body().unwrap().append_child(&host).unwrap();
        Self { host, root, place }
    }

    async fn open(&self, campaign: &[u8], track: &str) -> Result<OpenForm, JsValue> {
        let options = js_sys::Object::new();
        let now = JsValue::from_str("2022-08-18T10:00:00+08:00");
        js_sys::Reflect::set(&options, &"now".into(), &now).unwrap();
        // What one test writes must not come back in another.
        js_sys::Reflect::set(&options, &"draft".into(), &"memory".into()).unwrap();
        let form = open(self.host.clone(), self.place.clone(), campaign, track, &options)?;
        JsFuture::from(form.start()).await?;
        Ok(form)
    }

    fn find(&self, selector: &str) -> web_sys::Element {
        self.root.query_selector(selector).unwrap().unwrap()
    }
}
