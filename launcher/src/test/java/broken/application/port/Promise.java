package broken.application.port;

import broken.application.service.Fat;

/** A port that knows a service. */
interface Promise {
  Fat keep();
}
