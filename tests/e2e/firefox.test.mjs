// The whole path in Gecko: Debian's Firefox ESR.

import { wholePath } from "./engines.mjs";
import { launch, program } from "./firefox.mjs";

wholePath({ name: "Firefox", expected: /^Firefox \d/, launch, trustedTypes: true, needs: [program] });
