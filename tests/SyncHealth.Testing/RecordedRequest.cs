using System.Text;

namespace SyncHealth.Testing;

/// <summary>A request that a <see cref="ScriptedHttpHandler"/> has seen.</summary>
public sealed record RecordedRequest(HttpMethod Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);
}
