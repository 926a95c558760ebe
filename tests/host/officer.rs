//! The officer's pages.

use serde_json::json;

use crate::support::Portal;

#[tokio::test]
async fn what_arrived_is_listed_and_shown_under_its_questions() {
    let portal = Portal::open();
    assert!(portal.get("/officer").await.text().contains("共0份"));
    let submission = portal.good_submission().await;
    portal.submit(&submission).await;

    let list = portal.get("/officer").await.text();
    for words in ["NM2022-20220818-000001", "自治区最美社区工作者", "不设登录和权限"]
    {
        assert!(list.contains(words), "{words}");
    }
    let page = portal.get("/officer/NM2022-20220818-000001").await.text();
    for words in ["<dt>姓名</dt>", "<dt>民族</dt><dd>蒙古族</dd>", "<th>开始年月</th>", "至今"]
    {
        assert!(page.contains(words), "{words}");
    }
    let order = ["姓名", "个人简历", "先进事迹", "资格核对", "2寸照片"]
        .map(|word| page.find(word).unwrap());
    assert!(order.is_sorted(), "in form order: {order:?}");
    assert!(page.contains(submission["attachments"][0]["upload"].as_str().unwrap()));
    assert_eq!(portal.get("/officer/NM2022-20220818-000009").await.status, 404);
}

#[tokio::test]
async fn nothing_that_was_sent_becomes_markup() {
    let portal = Portal::open();
    let mut submission = portal.good_submission().await;
    submission["answers"]["position"] = "<script>alert(1)</script>".into();
    submission["answers"]["workplace"] = "\"><img src=x onerror=alert(1)> {{receipt}}".into();
    submission["attachments"][1]["name"] = "<img src=x>.pdf".into();
    let answer = portal.submit(&submission).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let page = portal.get("/officer/NM2022-20220818-000001").await.text();
    let list = portal.get("/officer").await.text();
    for text in [&page, &list] {
        assert!(!text.contains("<script") && !text.contains("<img src=x"), "{text}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(page.contains("{{receipt}}"), "braces in an answer stay braces");
}

#[tokio::test]
async fn an_upload_that_is_no_upload_of_ours_is_no_link() {
    let portal = Portal::open();
    let mut submission = portal.good_submission().await;
    submission["attachments"][0]["upload"] = "javascript:alert(1)".into();
    let refused = portal.submit(&submission).await;
    assert_eq!(refused.findings()[0], "/attachments/0 upload-missing");
    assert_eq!(portal.get("/api/nominations").await.json(), json!([]));
}
