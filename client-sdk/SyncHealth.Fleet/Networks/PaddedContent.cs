using System.Net;

namespace SyncHealth.Fleet.Networks;

/// <summary>A body followed by white space, which every JSON reader skips.</summary>
internal sealed class PaddedContent : HttpContent
{
    private static readonly byte[] Padding = CreatePadding();
    private readonly HttpContent? _content;
    private readonly int _padding;

    public PaddedContent(HttpContent? content, int padding)
    {
        (_content, _padding) = (content, padding);
        Headers.ContentType = content?.Headers.ContentType;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        if (_content is not null)
            await _content.CopyToAsync(stream);
        for (var left = _padding; left > 0; left -= Padding.Length)
            await stream.WriteAsync(Padding.AsMemory(0, Math.Min(left, Padding.Length)));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _padding + (_content?.Headers.ContentLength ?? 0);
        return true;
    }

    private static byte[] CreatePadding()
    {
        var padding = new byte[64 * 1024];
        Array.Fill(padding, (byte)' ');
        return padding;
    }
}
