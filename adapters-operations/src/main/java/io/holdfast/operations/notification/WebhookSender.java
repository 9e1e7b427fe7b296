package io.holdfast.operations.notification;

import io.holdfast.application.port.out.store.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts news as JSON. The signature covers the time of sending too, so that a receiver can refuse
 * what somebody has recorded and sends again.
 */
final class WebhookSender implements Sender {

  private static final String ALGORITHM = "HmacSHA256";

  private final Channel.Webhook channel;
  private final byte[] body;
  private final Clock clock;

  WebhookSender(Channel.Webhook channel, News news, Clock clock) {
    this.channel = channel;
    this.body = NewsJson.of(news);
    this.clock = clock;
  }

  @Override
  public void send(Duration most) throws UndeliveredException {
    Map<String, String> headers = new LinkedHashMap<>();
    if (channel.key().isPresent()) {
      String time = Long.toString(clock.instant().getEpochSecond());
      headers.put("X-Holdfast-Timestamp", time);
      headers.put("X-Holdfast-Signature", "sha256=" + sign(channel.key().get().get(), time));
    }
    HttpPost.to(channel.url().get(), UnaryOperator.identity(), channel.authorities())
        .send(body, "application/json; charset=utf-8", headers, most);
  }

  private String sign(Secret key, String time) {
    return key.reveal(
        characters -> {
          ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
          byte[] bytes = new byte[encoded.remaining()];
          encoded.get(bytes);
          try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body));
          } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
          } finally {
            Arrays.fill(bytes, (byte) 0);
          }
        });
  }
}
