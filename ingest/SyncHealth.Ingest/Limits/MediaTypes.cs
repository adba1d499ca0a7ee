using Microsoft.Net.Http.Headers;

namespace SyncHealth.Ingest.Limits;

/// <summary>Compares a Content-Type with what a route takes.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Protobuf = "application/x-protobuf";

    public static bool Accepts(string? contentType, string[] accepted)
    {
        // The usual spelling costs no parser.
        if (contentType is null || Array.IndexOf(accepted, contentType) >= 0)
            return contentType is not null;
        return MediaTypeHeaderValue.TryParse(contentType, out var parsed)
            && accepted.Any(type => parsed.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase))
            && (parsed.Charset.Length == 0 || parsed.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || parsed.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));
    }
}
