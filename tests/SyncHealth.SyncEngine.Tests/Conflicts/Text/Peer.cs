using SyncHealth.SyncEngine.Conflicts.Text;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Text;

/// <summary>A document and its model, which live through the same.</summary>
internal sealed class Peer(ulong agent)
{
    private static readonly string[] Texts = ["a", "bc", "é", "😀", "d𝄞", "xyz", "\n", "日本", "🙂🙃"];

    public ulong Agent => agent;

    public TextDocument Document { get; } = new(new TextAgent(agent));

    public FugueMaxModel Model { get; } = new(agent);

    public bool Agrees => Document.ToString() == Model.ToString() && Document.NextSequence == Model.Next(agent);

    /// <summary>Inserts one of a few texts somewhere; what a peer's model needs to follow.</summary>
    public List<ModelInsertion> Insert(Step step) => Insert(step.Place % (Document.Length + 1), Texts[step.Size % Texts.Length]);

    public List<ModelInsertion> Insert(int position, string text)
    {
        Document.Insert(position, text);
        return [.. text.EnumerateRunes().Select((rune, index) => Model.Insert(position + index, rune))];
    }

    /// <summary>Deletes up to a few elements somewhere.</summary>
    public List<(ulong Agent, int Seq)> Delete(Step step, int most)
    {
        var position = step.Place % (Document.Length + 1);
        var count = Math.Min(1 + step.Size % most, Document.Length - position);
        Document.Delete(position, count);
        return [.. Enumerable.Range(0, count).Select(_ => Model.Delete(position))];
    }
}
