SwaggerUIBundle({ url: "/openapi/armwise.yml", dom_id: "#api", deepLinking: true });
