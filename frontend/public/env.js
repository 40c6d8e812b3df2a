// Where this installation's parts answer; written anew by each deployment. No secret is in here.
window.env = {};
