using System.IO.Compression;

namespace SyncHealth.SyncEngine.Conflicts.Text.Traces;

/// <summary>A trace on disk: JSON, or compressed with gzip (<c>.gz</c>) or Brotli (<c>.br</c>).</summary>
public static class TraceFile
{
    private const int BlockBytes = 81920;

    /// <summary>Reads a trace from a file.</summary>
    /// <exception cref="InvalidDataException">The file is no trace.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static EditingTrace Read(string path)
    {
        using var file = File.OpenRead(path);
        using var content = Path.GetExtension(path) switch
        {
            ".gz" => new GZipStream(file, CompressionMode.Decompress),
            ".br" => new BrotliStream(file, CompressionMode.Decompress),
            _ => (Stream)file,
        };
        try
        {
            return TraceReader.Read(ReadBounded(content));
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidDataException($"it is not compressed as its name says: {exception.Message}", exception);
        }
    }

    private static ReadOnlySpan<byte> ReadBounded(Stream content)
    {
        using var buffer = new MemoryStream();
        var block = new byte[BlockBytes];
        int count;
        while ((count = content.Read(block)) > 0)
        {
            buffer.Write(block, 0, count);
            if (buffer.Length > TraceReader.MaxBytes)
                throw new InvalidDataException($"it holds more than {TraceReader.MaxBytes / (1024 * 1024)} MiB of JSON");
        }

        return buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
    }
}
