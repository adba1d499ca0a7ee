namespace SyncHealth.Dashboard.Layout;

/// <summary>The document. Everything inside <see cref="Routes"/> is interactive over one circuit.</summary>
public sealed partial class App;
