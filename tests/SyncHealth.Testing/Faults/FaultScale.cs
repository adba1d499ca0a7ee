namespace SyncHealth.Testing.Faults;

/// <summary>
/// How often a fault suite strikes: <c>test</c> in every run, <c>faults</c> (the CI figures of the reliability goals) in
/// <c>./synchealth test --faults</c>, <c>deep</c> by hand. <c>docs/faults.md</c> says how.
/// </summary>
public static class FaultScale
{
    private const string ScaleVariable = "SYNCHEALTH_FAULTS";
    private const string SeedVariable = "SYNCHEALTH_FAULTS_SEED";

    /// <summary><c>test</c>, <c>faults</c> or <c>deep</c>.</summary>
    public static string Name { get; } = Environment.GetEnvironmentVariable(ScaleVariable) is { Length: > 0 } name ? name : "test";

    /// <summary>First seed of every suite: another one strikes elsewhere. A failing run names the seed it had.</summary>
    public static int Seed { get; } = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } text
        ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)
        : 1;

    /// <summary>Whether figures of time, rate and memory are held against the goals: the plain run shares its two cores with other suites and only prints them.</summary>
    public static bool HoldsFigures => Name != "test";

    /// <summary>The figure of the present scale.</summary>
    /// <exception cref="InvalidOperationException">The environment names no scale.</exception>
    public static int Of(int test, int faults, int deep) => Name switch
    {
        "test" => test,
        "faults" => faults,
        "deep" => deep,
        _ => throw new InvalidOperationException($"{ScaleVariable} is '{Name}'; set it to test, faults or deep."),
    };
}
