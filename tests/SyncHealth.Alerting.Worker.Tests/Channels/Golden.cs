using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace SyncHealth.Alerting.Worker.Tests.Channels;

/// <summary>Compares a payload with the file that a person has read. On a difference the payload is written beside the file, to look at.</summary>
internal static class Golden
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static void Matches(string channel, string name, string json)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Channels", channel, name + ".golden.json");
        var actual = JsonNode.Parse(json)!.ToJsonString(Readable) + "\n";
        if (File.Exists(path) && File.ReadAllText(path) == actual)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path + ".actual", actual);
        Assert.Fail($"The payload differs from {path}; it was written to {path}.actual.");
    }
}
