// All that is said while a photo is cropped.

export const words = {
  title: "裁剪照片",
  opening: "正在打开照片……",
  help: "拖动照片，让头和肩都在框里。也可以按下面的按钮，或用键盘：方向键移动照片，加号放大，减号缩小，回车用这张，Esc 取消",
  stage: "照片和裁剪框",
  larger: "放大",
  smaller: "缩小",
  up: "上移",
  down: "下移",
  left: "左移",
  right: "右移",
  apply: "用这张",
  cancel: "取消",
  cutting: "正在裁剪……",
  unreadable: "这张照片打不开，不能裁剪。换一张再试",
  tooLarge: "照片太大，这台设备裁不了。换一台电脑裁剪，或换一张小一些的",
  whole: "整张照片都在框里，不用裁剪",
  size: ({ width, height }) => `裁出来${width}×${height}像素`,
  /** Where the frame lies: shares of the way from the left and from the top. */
  where: ({ across, down }) =>
    `框在照片的${third(down, ["上部", "中部", "下部"])}${third(across, ["偏左", "中间", "偏右"])}`,
  short: ({ width, height }, [least_width, least_height]) => {
    const sides = least_width && least_height ? `${least_width}×${least_height}` : least_width ? `宽${least_width}` : `高${least_height}`;
    return `裁出来只有${width}×${height}像素，通知要求${sides}以上，换一张更大的`;
  },
  other: ({ width, height }, [asked_width, asked_height]) =>
    `裁出来是${width}×${height}像素，通知要求正好${asked_width}×${asked_height}像素`,
};

function third(share, names) {
  return names[share < 0.34 ? 0 : share > 0.66 ? 2 : 1];
}
