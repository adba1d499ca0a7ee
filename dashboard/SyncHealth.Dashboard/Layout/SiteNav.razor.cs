using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;
using SyncHealth.Dashboard.Access;

namespace SyncHealth.Dashboard.Layout;

/// <summary>The way from page to page. What one looks at (app and range) goes along.</summary>
public sealed partial class SiteNav(NavigationManager navigation, Viewer viewer, DashboardOptions options) : IDisposable
{
    /// <summary>Parameters that mean the same on every page, in the order in which they are written.</summary>
    private static readonly string[] Carried = ["range", "app"];

    private string Path => navigation.ToAbsoluteUri(navigation.Uri).AbsolutePath;

    public void Dispose() => navigation.LocationChanged -= OnLocationChanged;

    protected override void OnInitialized() => navigation.LocationChanged += OnLocationChanged;

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change) => InvokeAsync(StateHasChanged);

    private string Address(string path)
    {
        var parameters = QueryHelpers.ParseQuery(navigation.ToAbsoluteUri(navigation.Uri).Query);
        var address = new StringBuilder(path);
        foreach (var name in Carried)
            if (parameters.TryGetValue(name, out var value) && value.ToString() is { Length: > 0 } text)
                address.Append(address.Length == path.Length ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(text));
        return address.ToString();
    }
}
