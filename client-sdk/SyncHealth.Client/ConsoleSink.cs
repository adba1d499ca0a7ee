using System.Text.Json;

namespace SyncHealth.Client;

/// <summary>Writes a line per event, for development.</summary>
/// <param name="output">Where to, for example <see cref="Console.Out"/>.</param>
public sealed class ConsoleSink(TextWriter output) : LocalSink
{
    /// <inheritdoc/>
    protected override void Take(JsonElement syncEvent) => output.WriteLine("sync " + syncEvent.GetRawText());
}
