using Microsoft.AspNetCore.Components;
using SyncHealth.Dashboard.Releases;

namespace SyncHealth.Dashboard.Panels;

/// <summary>What to do with a release, in a sentence that can be passed on.</summary>
public sealed partial class ReleaseHeadline(NavigationManager navigation)
{
    [Parameter, EditorRequired]
    public ReleaseCase Case { get; set; } = null!;

    /// <summary>The sentence with the address at which its numbers stand.</summary>
    private string Message => $"{Case.Message}\n{navigation.ToAbsoluteUri(Case.Address)}";
}
