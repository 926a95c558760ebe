// What stands in the gallery's forms: right where they are shown filled in, wrong where they are shown with problems.
"use strict";

const ANSWERS = {
  "gallery.gate": { filled: { secret: false, nickname: "小娜" }, problems: { secret: true } },
  "gallery.texts": {
    filled: {
      name: "娜仁花",
      workplace: "新城区某某社区居委会",
      nickname: "小娜",
      deeds: "扎根社区十四年，走遍每一个楼栋。组织志愿者32人，为280户老人送菜送药。",
      brief: "十四年如一日，把小事办成暖心事，居民有难处，总是头一个想到她，真好",
    },
    problems: {
      workplace: "内蒙古自治区呼和浩特市新城区某某街道某某社区居民委员会",
      deeds: "扎根社区，服务居民。".repeat(14),
      brief: "写得太短",
    },
  },
  "gallery.figures": {
    filled: {
      id_number: "150000198512310029",
      phone: "13800138000",
      uscc: "91350100M000100Y43",
      birth: "1985-12",
      left: "2022-08",
      signed: "2024-03-01",
      founded: "1998-05",
      share: 98.5,
      staff: 12,
    },
    problems: {
      id_number: "150000198512310028",
      phone: "1380013800",
      uscc: "91350100M000100Y44",
      birth: "1985-13",
      signed: "2024-02-30",
      founded: "去年",
      share: 120,
      staff: 1.5,
    },
  },
  "gallery.choices": {
    filled: { sex: "2", ethnicity: "05", kind: "团队", posts: ["书记", "班长"], on_duty: true, retired: false, agreed: true },
    problems: { posts: ["书记", "主任", "委员"] },
  },
  "gallery.tables": {
    filled: {
      resume: [
        { start: "2001-09", end: "2008-08", org: "市第二中学", role: "教师" },
        { start: "2008-09", end: null, org: "新城区某某社区居委会", role: "委员、主任", community: true },
      ],
    },
    problems: { resume: [{ start: "2008-09", end: "2001-07", role: "委员" }, {}] },
  },
  "gallery.parts": {
    filled: {
      posthumous: { is: true, date: "2023-11" },
      opinions: { 公安部门: { status: "无意见", date: "2024-03-01" }, 工会: { status: "不适用", reason: "没有成立工会" } },
    },
    problems: { posthumous: { is: true }, opinions: { 公安部门: { date: "2024-02-30" } } },
  },
  "gallery.files": {
    filled: { honours: [{ date: "2020-05", title: "优秀社区工作者" }] },
    problems: { honours: [{ date: "2020-05", title: "优秀社区工作者" }] },
  },
};
