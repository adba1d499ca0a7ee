using System.Reflection;

namespace SyncHealth.Ingest.Tests.Otlp;

/// <summary>OpenTelemetry's own JavaScript SDK, as npm restored it.</summary>
internal static class OtlpSdk
{
    public static string Folder { get; } = typeof(OtlpSdk).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "OtlpSdkFolder").Value!;
}
