package io.armwise.client;

/** Snapshots as the service writes them. Stateless. */
final class Snapshots {
  private Snapshots() {}

  /** One experiment, {@code button}, whose two arms have the payloads "red" and "green". */
  static String button(long sequence, long firstShare) {
    return of(sequence, experiment("button", "event", firstShare, ""));
  }

  /** A snapshot of these experiments. */
  static String of(long sequence, String... experiments) {
    return "{\"format\":1,\"epoch\":\"e\",\"sequence\":"
        + sequence
        + ",\"future\":{\"unknown\":[1]},\"experiments\":["
        + String.join(",", experiments)
        + "]}";
  }

  /** A snapshot of an experiment and of feature flags. */
  static String withFlags(long sequence, String experiment, String flags) {
    return of(sequence, experiment).replaceFirst("}$", ",\"flags\":[" + flags + "]}");
  }

  /** An experiment with two arms. */
  static String experiment(String key, String exposure, long firstShare, String more) {
    return """
    {"id":7,"key":"%s","status":"running","unit":"user","exposure":"%s","arms":[
     {"key":"a","name":"A","payload":"red"},{"key":"b","name":"B","payload":"green"}],
     "control":0,"best":1,"slots":16,"trafficShare":1.0,"version":3,"shares":[%d,%d],%s
     "killed":false}\
    """
        .formatted(key, exposure, firstShare, (1L << 32) - firstShare, more);
  }
}
