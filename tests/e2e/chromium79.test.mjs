// The whole path in the oldest kernel we promise: a real Chromium 79.

import { launch } from "./chromium79.mjs";
import { wholePath } from "./engines.mjs";

wholePath({ name: "Chromium 79", expected: /\/79\./, launch, trustedTypes: false });
