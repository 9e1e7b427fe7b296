package io.holdfast.storage.s3;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What an answer of a server that refused something says. */
final class ServerAnswer {

  private ServerAnswer() {}

  static boolean isStatus(SdkException e, int status) {
    return e instanceof AwsServiceException answer && answer.statusCode() == status;
  }

  static boolean isCode(SdkException e, String code) {
    return e instanceof AwsServiceException answer && codeOf(answer).equals(code);
  }

  /** What the server calls the error; empty when it did not say. */
  static String codeOf(AwsServiceException e) {
    @Nullable AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  /** True when the answer had no body that would say why. */
  static boolean saysNothing(S3Exception e) {
    String code = codeOf(e);
    return code.isEmpty() || code.matches("\\d{3}.*");
  }

  /** True when it is not known whether the server did what it was asked to. */
  static boolean isAmbiguous(SdkException e) {
    return !(e instanceof AwsServiceException answer) || answer.statusCode() >= 500;
  }

  /** A header of it. */
  static Optional<String> header(AwsServiceException e, String name) {
    @Nullable AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.sdkHttpResponse() == null
        ? Optional.empty()
        : details.sdkHttpResponse().firstMatchingHeader(name);
  }

  /** The text of an element of its body. */
  static Optional<String> element(AwsServiceException e, String name) {
    @Nullable AwsErrorDetails details = e.awsErrorDetails();
    if (details == null || details.rawResponse() == null) {
      return Optional.empty();
    }
    Matcher found =
        Pattern.compile("<" + name + ">([^<]*)</" + name + ">")
            .matcher(details.rawResponse().asUtf8String());
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
