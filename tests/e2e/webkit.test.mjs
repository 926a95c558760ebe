// The whole path in WebKit: Debian's WebKitGTK, the engine of Safari without Apple's system around it.

import { wholePath } from "./engines.mjs";
import { display, driver, launch, miniBrowser } from "./webkit.mjs";

wholePath({
  name: "WebKitGTK",
  expected: /^WebKitGTK \d/,
  launch,
  trustedTypes: true,
  needs: [driver, display, miniBrowser()],
});
