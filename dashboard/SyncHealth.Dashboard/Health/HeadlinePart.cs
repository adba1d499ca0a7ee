namespace SyncHealth.Dashboard.Health;

/// <summary>A piece of a sentence: words, or a moment that the page writes in the viewer's zone.</summary>
public sealed record HeadlinePart(string Text, bool Strong = false, DateTimeOffset? At = null)
{
    public static HeadlinePart Bold(string text) => new(text, Strong: true);

    public static HeadlinePart Moment(DateTimeOffset at) => new("", Strong: true, at);
}
