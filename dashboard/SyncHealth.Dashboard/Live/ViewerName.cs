using SyncHealth.Dashboard.Access;

namespace SyncHealth.Dashboard.Live;

/// <summary>What stands beside what the viewer of this circuit does: the name they are signed in with. Where nobody signs in it is taken on trust.</summary>
public sealed class ViewerName(Viewer viewer)
{
    /// <summary>Characters of a name; the database keeps no longer ones.</summary>
    public const int MaxLength = 200;

    private const string Somebody = "somebody at the dashboard";

    /// <summary>Whether a name can be typed: nobody signs in.</summary>
    public bool IsAsked => viewer.Name is null;

    /// <summary>As typed.</summary>
    public string Typed { get; set; } = "";

    /// <summary>The name, or a word for nobody in particular.</summary>
    public string Name => viewer.Name ?? Said;

    private string Said => Typed.Trim() is { Length: > 0 } name ? name[..Math.Min(name.Length, MaxLength)] : Somebody;
}
