package io.holdfast.storage.s3;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.Attribute;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * S3Mock in a process of its own, told to take a backslash in a key, which its web server refuses
 * unless somebody with a hand on its connectors says otherwise. Ends when its standard input does.
 */
final class S3MockServer {

  private S3MockServer() {}

  public static void main(String[] arguments) throws Exception {
    Class.forName("org.springframework.boot.loader.launch.JarLauncher")
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    Set<ObjectName> connectors = connectors(beans);
    while (connectors.isEmpty()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      connectors = connectors(beans);
    }
    for (ObjectName connector : connectors) {
      beans.setAttribute(connector, new Attribute("allowBackslash", true));
    }
    while (System.in.read() >= 0) {
      // Nothing is said; only the end counts.
    }
    Runtime.getRuntime().halt(0);
  }

  private static Set<ObjectName> connectors(MBeanServer beans) throws Exception {
    return beans.queryNames(new ObjectName("Tomcat:type=Connector,*"), null);
  }
}
