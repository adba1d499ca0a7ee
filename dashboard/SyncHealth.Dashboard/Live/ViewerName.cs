namespace SyncHealth.Dashboard.Live;

/// <summary>What the viewer of this circuit calls themselves. There are no accounts yet: it is taken on trust.</summary>
public sealed class ViewerName
{
    /// <summary>Characters of a name; the database keeps no longer ones.</summary>
    public const int MaxLength = 200;

    private const string Somebody = "somebody at the dashboard";

    /// <summary>As typed.</summary>
    public string Typed { get; set; } = "";

    /// <summary>The name, or a word for nobody in particular.</summary>
    public string Name => Typed.Trim() is { Length: > 0 } name ? name[..Math.Min(name.Length, MaxLength)] : Somebody;
}
