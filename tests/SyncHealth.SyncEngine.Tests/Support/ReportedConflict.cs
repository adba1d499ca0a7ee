using System.Text.Json;

namespace SyncHealth.SyncEngine.Tests.Support;

/// <summary>A line of <c>conflicts</c> in an event.</summary>
internal sealed record ReportedConflict(string Entity, string Kind, string Strategy, string Winner, int Discarded, int Count = 1)
{
    public static ReportedConflict Read(JsonElement line) => new(
        Text(line, "entity")!, Text(line, "kind")!, Text(line, "strategy")!, Text(line, "winner")!, Number(line, "discarded", 0), Number(line, "count", 1));

    private static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int Number(JsonElement line, string name, int otherwise) => line.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;
}
