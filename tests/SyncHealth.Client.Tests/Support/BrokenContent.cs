using System.Net;

namespace SyncHealth.Client.Tests.Support;

/// <summary>An answer that breaks while it is read.</summary>
internal sealed class BrokenContent : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new InvalidOperationException("host's content");

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
