namespace SyncHealth.Storage.Verdicts;

/// <summary>What makes two devices run the same release.</summary>
public enum ReleaseKind
{
    /// <summary>The version, whatever its build: 2.5.0 stands for 2.5.0+101 and 2.5.0+102.</summary>
    Version,

    /// <summary>The version with its build (what follows <c>+</c>).</summary>
    Build,

    /// <summary>A value of the app's promoted tag, such as a rollout flag; compared inside one version.</summary>
    Tag,
}
