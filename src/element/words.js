// What the loader says while there is no form, or no form any more. The form's own words are in Rust.

export const words = {
  loading: "表单正在打开……",
  unreachable: "表单没有打开：连不上网站。检查网络后，点“再试一次”",
  tryAgain: "再试一次",
  noCampaign: "表单没有打开：网页没有写明评选活动。把这个情况告诉网站管理员",
  campaignFaulty: "表单没有打开：评选活动的设置文件有错误。把下面的内容告诉网站管理员",
  wasmMissing:
    "这个浏览器太旧，打不开表单。换用新版的谷歌、火狐、360、奇安信或手机自带浏览器，再打开这个网页；也可以向主办单位要纸质表格",
  wasmBlocked:
    "这个网站的安全设置不让表单运行。换一个新版浏览器再试；还是不行，把这个情况告诉网站管理员，或向主办单位要纸质表格",
  notStarted: "表单没有打开。点“再试一次”；还是不行，换一个新版浏览器，或告诉网站管理员",
  crashed: "表单出了问题，不能继续填写。您写的文字都在下面，先复制保存，再刷新网页重新填写",
  crashedKept: "表单出了问题，停下来了。已填的内容保存在本机，刷新网页就能接着填；不放心的话，先把下面的文字复制下来",
  crashedElsewhere: "这个网页上的另一份表单出了问题，这一份也不能继续。刷新网页再填",
  photoOpening: "正在打开……",
  photoFailed: "没有打开，照片还在。检查网络后再点一次",
  reload: "刷新网页",
  copy: "复制全部文字",
  yourTexts: "已填写的文字",
};
